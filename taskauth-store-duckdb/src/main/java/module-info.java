/**
 * Everything in one file, for one node: {@link io.taskauth.store.duckdb.DuckDbAuthStore} keeps
 * accounts, sessions and tokens in a DuckDB database that runs inside the host.
 */
// The automatic modules have names in the manifests of their jars, which last.
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.taskauth.store.duckdb {
  requires transitive io.taskauth;
  requires io.taskauth.store.jdbi;
  requires org.slf4j;
  requires duckdb.jdbc;

  exports io.taskauth.store.duckdb;
}
