/**
 * One database for any number of nodes: {@link io.taskauth.store.postgres.PostgresAuthStore} keeps
 * accounts, sessions and tokens in PostgreSQL and tells the nodes at once what changed.
 */
// The automatic modules have names in the manifests of their jars, which last.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.taskauth.store.postgres {
  requires transitive io.taskauth;
  requires transitive java.sql;
  requires io.taskauth.store.jdbi;
  requires org.slf4j;
  requires com.zaxxer.hikari;
  requires org.postgresql.jdbc;
  requires static org.checkerframework.checker.qual;

  exports io.taskauth.store.postgres;

  // The files of the schema lie beside the store's classes.
  opens io.taskauth.store.postgres to
      io.taskauth.store.jdbi;
}
