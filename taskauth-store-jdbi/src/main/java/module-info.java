/**
 * The SQL that the relational stores of taskauth share. Each of them is a dialect of it; hosts use
 * one of those and name nothing of this module.
 */
// module: those that it is exported to are compiled later.
// requires-*automatic: the name is in the manifest of its jar, and lasts.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.taskauth.store.jdbi {
  requires transitive io.taskauth;
  requires transitive java.sql;
  requires transitive org.jdbi.v3.core;
  requires io.leangen.geantyref; // Jdbi needs it, but cannot say so: it is an automatic module

  exports io.taskauth.store.jdbi to
      io.taskauth.store.duckdb,
      io.taskauth.store.postgres;
}
