/**
 * Who is calling, and may they? Accounts, sessions, tokens and what protects them, without
 * servlets, SQL or HTTP. Start at {@link io.taskauth.TaskAuth}.
 *
 * <p>Three interfaces are for hosts to implement: {@link io.taskauth.login.AuthBackend} checks
 * passwords, {@link io.taskauth.service.TokenProvider} checks the tokens of machines, and {@link
 * io.taskauth.store.AuthStore} keeps what must last. All that is exported here to everybody follows
 * semantic versioning.
 *
 * <p>A host on the module path that wants one of the optional parts requires its module itself:
 * {@code org.eclipse.angus.mail} for {@link io.taskauth.mail.SmtpMailer}, {@code
 * org.apache.httpcomponents.client5.httpclient5} for {@link io.taskauth.webhook.HttpWebhookSender},
 * {@code micrometer.core} for {@link io.taskauth.metrics.TaskAuthMetrics}.
 */
// module: those that internal is exported to are compiled later.
// requires-automatic: the names that are required are in the manifests of their jars, and last.
@SuppressWarnings({"module", "requires-automatic"})
module io.taskauth {
  requires transitive org.jspecify;
  requires org.slf4j;
  requires tools.jackson.core;
  requires tools.jackson.databind;
  requires com.github.benmanes.caffeine;
  requires de.mkammerer.argon2.nolibs;
  // The native part. JJWT is read by way of it too: who reads one automatic module reads them all.
  // It must not be required by name, which it has from its file only and may change in any release.
  requires de.mkammerer.argon2;
  requires static jakarta.mail;
  requires static org.eclipse.angus.mail;
  requires static org.apache.httpcomponents.client5.httpclient5;
  requires static org.apache.httpcomponents.core5.httpcore5;
  requires static micrometer.core;

  exports io.taskauth;
  exports io.taskauth.access;
  exports io.taskauth.accesstoken;
  exports io.taskauth.admin;
  exports io.taskauth.audit;
  exports io.taskauth.live;
  exports io.taskauth.login;
  exports io.taskauth.mail;
  exports io.taskauth.metrics;
  exports io.taskauth.page;
  exports io.taskauth.password;
  exports io.taskauth.principal;
  exports io.taskauth.provider;
  exports io.taskauth.service;
  exports io.taskauth.session;
  exports io.taskauth.store;
  exports io.taskauth.ticket;
  exports io.taskauth.token;
  exports io.taskauth.user;
  exports io.taskauth.webhook;
  exports io.taskauth.work;
  exports io.taskauth.internal to
      io.taskauth.oauth,
      io.taskauth.servlet,
      io.taskauth.store.redis,
      io.taskauth.testkit;
}
