package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.TaskAuth;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.AuthStore;
import jakarta.servlet.DispatcherType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.util.EnumSet;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;

/** The whole server: Jetty, the filter, and a few pages of its own behind it. */
final class ReferenceServer implements AutoCloseable {
  private static final int MAX_THREADS = 200;
  private static final long STOP_MILLIS = 10_000;
  private static final long IDLE_MILLIS = 15_000;

  private final ServerConfig config;
  private final AuthFactory.Made made;
  private final Server server;
  private final ServerConnector connector;

  private ReferenceServer(
      ServerConfig config, AuthFactory.Made made, Server server, ServerConnector connector) {
    this.config = config;
    this.made = made;
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts it; when this returns it can serve.
   *
   * @throws ConfigException where a setting makes no sense, or the port is taken
   */
  static ReferenceServer start(ServerConfig config) {
    // Before there are two threads: slf4j complains when one logs while another sets it up.
    var unused = LoggerFactory.getILoggerFactory();
    WebOptions options = AuthFactory.webOptions(config);
    // Unpacking DuckDB takes as long as everything else together, so it goes on beside it.
    CompletableFuture<AuthStore> opening = CompletableFuture.supplyAsync(config.store()::open);
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("http");
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP_MILLIS);
    GracefulHandler graceful = new GracefulHandler();
    server.setHandler(graceful);
    AuthFactory.Made made = AuthFactory.make(config, opened(opening));
    try {
      graceful.setHandler(context(config, made.auth(), options, graceful));
      server.start();
    } catch (Exception e) {
      made.auth().close();
      throw cannotListen(config, e);
    }
    return new ReferenceServer(config, made, server, connector);
  }

  private static AuthStore opened(CompletableFuture<AuthStore> opening) {
    try {
      return opening.join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private static RuntimeException cannotListen(ServerConfig config, Exception e) {
    return e instanceof IOException
        ? new ConfigException(
            "TASKAUTH_HOST, TASKAUTH_PORT",
            "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage())
        : new IllegalStateException("the server does not start", e);
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    // Names in our URLs may hold a slash or a percent sign; the filter refuses what is ambiguous.
    http.setUriCompliance(
        new UriCompliance(
            "names",
            EnumSet.of(Violation.AMBIGUOUS_PATH_SEPARATOR, Violation.AMBIGUOUS_PATH_ENCODING)));
    return new HttpConnectionFactory(http);
  }

  private static ServletContextHandler context(
      ServerConfig config, TaskAuth auth, WebOptions options, GracefulHandler graceful) {
    ServletContextHandler context = new ServletContextHandler("/", false, false);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    TaskAuthFilter filter = new TaskAuthFilter(auth, options);
    FilterHolder gate = new FilterHolder(filter);
    gate.setAsyncSupported(true);
    context.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));
    context.addServlet(new ServletHolder(new HealthServlet()), "/health");
    context.addServlet(new ServletHolder(new ReadinessServlet(auth)), "/readiness");
    context.addServlet(new ServletHolder(new HomeServlet()), "");
    ProcessFacts facts = new ProcessFacts(config.store().describe(), graceful);
    context.addServlet(new ServletHolder(new DashboardServlet(auth, filter, facts)), "/dashboard");
    context.addServlet(new ServletHolder(new NotFoundServlet()), "/");
    return context;
  }

  int port() {
    return connector.getLocalPort();
  }

  /** Where it listens, as a URL. */
  String address() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return "http://" + host + ":" + port();
  }

  /** Where the first administrator is made; empty where there is one already. */
  Optional<String> setupLink() {
    if (!made.auth().isSetupRequired()) {
      return Optional.empty();
    }
    String anywhere =
        address().replace("://0.0.0.0:", "://localhost:").replace("://[::]:", "://localhost:");
    String page = config.publicUrl().orElse(anywhere).replaceFirst("/+$", "") + "/auth/setup";
    return Optional.of(
        made.setupCode()
            .map(code -> page + "?code=" + URLEncoder.encode(code, UTF_8))
            .orElse(page));
  }

  /** Waits until it is stopped. */
  void join() throws InterruptedException {
    server.join();
  }

  /** Takes no new requests, lets the running ones finish, and closes the store. */
  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException("the server did not stop cleanly", e));
    } finally {
      made.auth().close();
    }
  }
}
