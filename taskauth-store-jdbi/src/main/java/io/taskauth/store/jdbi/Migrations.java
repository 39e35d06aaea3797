package io.taskauth.store.jdbi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/**
 * Brings a schema up to date, forward only: the files that the table {@code taskauth_schema} does
 * not name yet are run in their order, all in one step. A file that was released never changes.
 */
public final class Migrations {
  private final List<Script> scripts;

  private record Script(Class<?> beside, String file) {}

  private Migrations(List<Script> scripts) {
    this.scripts = List.copyOf(scripts);
  }

  /**
   * @param beside a class whose resource folder has the files
   * @param files the first is version 1, and so on
   */
  public Migrations(Class<?> beside, List<String> files) {
    this(files.stream().map(file -> new Script(beside, file)).toList());
  }

  /** The tables that the dialects had in common before they had any of their own. */
  public static Migrations shared() {
    return new Migrations(Migrations.class, List.of("V1__accounts.sql", "V2__people.sql"));
  }

  /**
   * These and then the tables of service accounts, which all dialects have too. Each says where
   * they come, because by then some had released a version of their own.
   */
  public Migrations thenServices() {
    return then(Migrations.class, "services.sql");
  }

  /** These and then what lets identity providers sign users in, likewise. */
  public Migrations thenIdentities() {
    return then(Migrations.class, "identities.sql");
  }

  /** These and then the table of work, likewise. */
  public Migrations thenWork() {
    return then(Migrations.class, "work.sql");
  }

  /** These and then one more, which only this dialect has. */
  public Migrations then(Class<?> beside, String file) {
    return new Migrations(
        Stream.concat(scripts.stream(), Stream.of(new Script(beside, file))).toList());
  }

  /**
   * @throws AuthStoreException where the schema is a newer one than this
   */
  public void apply(Database database) {
    int unused = database.write(step -> apply(database, step.handle()));
  }

  private int apply(Database database, Handle handle) {
    database.lockSchema(handle);
    handle.execute("CREATE TABLE IF NOT EXISTS taskauth_schema (version INTEGER PRIMARY KEY)");
    int found =
        handle
            .createQuery("SELECT coalesce(max(version), 0) FROM taskauth_schema")
            .mapTo(Integer.class)
            .one();
    if (found > scripts.size()) {
      throw new AuthStoreException(
          "the schema of this store is version "
              + found
              + ", written by a newer taskauth; this one knows version "
              + scripts.size()
              + " and leaves it alone: use the newer taskauth, or a copy from before",
          null);
    }
    for (int version = found + 1; version <= scripts.size(); version++) {
      handle.createScript(read(scripts.get(version - 1))).execute();
      note(handle, version);
    }
    return scripts.size() - found;
  }

  private static void note(Handle handle, int version) {
    handle
        .createUpdate("INSERT INTO taskauth_schema (version) VALUES (:version)")
        .bind("version", version)
        .execute();
  }

  private static String read(Script script) {
    String file = script.file();
    try (InputStream in = Objects.requireNonNull(script.beside().getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
