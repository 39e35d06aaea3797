/** A host as a module: it names what it uses, and brings the server itself. */
module host {
  requires io.taskauth.servlet;
  requires io.taskauth.store.duckdb;
  requires io.taskauth.store.postgres;
  requires io.taskauth.store.redis;
  requires java.net.http;
  requires org.eclipse.jetty.ee10.servlet;
}
