package io.taskauth.store.postgres;

import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;

/**
 * Puts the schema before each name of ours. The connection's {@code search_path} is left alone: it
 * may be the host's connection, or one that a pooler gives to somebody else after each transaction.
 * Jdbi remembers what comes of a statement, so that the work is done once.
 */
final class SchemaNames implements TemplateEngine.Parsing {
  private static final Pattern OURS = Pattern.compile("\\btaskauth_(?=[a-z])");

  private final String prefix;
  private final TemplateEngine.Parsing attributes = new DefinedAttributeTemplateEngine();

  SchemaNames(Schema schema) {
    this.prefix = schema.quoted() + ".taskauth_";
  }

  @Override
  public Optional<Function<StatementContext, String>> parse(
      String template, ConfigRegistry config) {
    return attributes.parse(OURS.matcher(template).replaceAll(prefix), config);
  }
}
