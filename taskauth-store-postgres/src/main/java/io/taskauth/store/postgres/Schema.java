package io.taskauth.store.postgres;

import java.util.regex.Pattern;

/** The schema that has our tables, and the names that go with it. */
record Schema(String name) {
  private static final Pattern FORM = Pattern.compile("[a-z_][a-z0-9_]{0,39}");

  /** The same for all nodes, whatever else locks in this database. */
  private static final int LOCKS = 0x7461736b;

  Schema {
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "the schema must be 1 to 40 characters a-z, 0-9 or _, and not begin with a digit, not \""
              + name
              + '"');
    }
  }

  /** For SQL; there is nothing in it to escape. */
  String quoted() {
    return '"' + name + '"';
  }

  /** What LISTEN and NOTIFY call the feed that all nodes hear. */
  String channel() {
    return "taskauth." + name;
  }

  /** What takes an advisory lock until the transaction ends. */
  String lock(String what) {
    // Names of that form only: see above.
    return "SELECT pg_advisory_xact_lock(" + LOCKS + ", hashtext('" + name + '.' + what + "'))";
  }
}
