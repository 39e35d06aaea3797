/** Requires everything, and so may name everything that is meant for it. */
module intruder {
  requires io.taskauth.servlet;
  requires io.taskauth.store.duckdb;
  requires io.taskauth.store.jdbi;
}
