package intruder;

/** Names what other modules keep to themselves. It must not compile. */
interface Intruder {
  io.taskauth.internal.Ids ids();

  io.taskauth.servlet.http.Exchange exchange();

  io.taskauth.servlet.endpoint.Routes routes();

  io.taskauth.servlet.jte.JteloginGenerated page();

  io.taskauth.store.jdbi.SqlAuthStore store();
}
