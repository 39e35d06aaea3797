package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.TaskAuth;
import io.taskauth.Upkeep;
import io.taskauth.live.InternalCredential;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.server.live.LiveHub;
import io.taskauth.server.people.ImportUsers;
import io.taskauth.server.task.HashCalibration;
import io.taskauth.server.task.SessionReport;
import io.taskauth.server.task.Task;
import io.taskauth.server.task.run.Surroundings;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.upkeep.AuditTurnover;
import io.taskauth.server.upkeep.IdentityKeys;
import io.taskauth.server.upkeep.Sweep;
import io.taskauth.server.upkeep.WebhookDeliveries;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.AuthStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.http.UriCompliance.Violation;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.LoggerFactory;

/** The whole server: Jetty, the filter, its own paths behind it, tasks, and who listens to them. */
final class ReferenceServer implements AutoCloseable {
  private static final int MAX_THREADS = 200;
  private static final long STOP_MILLIS = 10_000;
  private static final long IDLE_MILLIS = 15_000;

  /** How long runs have to come to their end once the process shall stop. */
  private static final Duration DRAIN = Duration.ofSeconds(10);

  /** How long they have to notice that they are cancelled, beyond that. */
  private static final Duration CANCEL = Duration.ofSeconds(2);

  private final Addresses addresses;
  private final AuthFactory.Made made;
  private final Server server;
  private final TaskRunner runner;
  private final LiveHub hub;

  private ReferenceServer(
      Addresses addresses, AuthFactory.Made made, Server server, TaskRunner runner, LiveHub hub) {
    this.addresses = addresses;
    this.made = made;
    this.server = server;
    this.runner = runner;
    this.hub = hub;
  }

  /** Starts it and lets nobody in but by its settings. */
  static ReferenceServer start(ServerConfig config) {
    return start(config, Optional.empty());
  }

  /**
   * Starts it; when this returns it can serve.
   *
   * @param letIn the name of somebody who is let in with a password, see {@link LetIn}
   * @throws ConfigException where a setting makes no sense, or the port is taken
   */
  static ReferenceServer start(ServerConfig config, Optional<String> letIn) {
    return start(config, letIn, List.of(), Ground.real());
  }

  /**
   * The same.
   *
   * @param more tasks besides the server's own
   */
  static ReferenceServer start(
      ServerConfig config, Optional<String> letIn, List<Task> more, Ground ground) {
    // Before there are two threads: slf4j complains when one logs while another sets it up.
    var unused = LoggerFactory.getILoggerFactory();
    WebOptions options = AuthFactory.webOptions(config);
    // Unpacking DuckDB takes as long as everything else together, so it goes on beside it.
    CompletableFuture<AuthStore> opening = CompletableFuture.supplyAsync(config.store()::open);
    Server server = new Server(threads());
    ServerConnector connector = connector(server, config);
    Addresses addresses = new Addresses(config, connector::getLocalPort);
    GracefulHandler graceful = new GracefulHandler();
    server.setHandler(graceful);
    LiveHub hub = new LiveHub();
    AuthFactory.Made made =
        AuthFactory.make(config, opened(opening), hub::securityEvent, letIn, ground);
    TaskRunner runner = runner(made, hub, more, ground);
    ProcessFacts facts = new ProcessFacts(config.store().describe(), graceful, runner);
    try {
      graceful.setHandler(
          Site.of(server, made.auth(), options, runner, hub, facts, addresses::forOthers));
      server.start();
    } catch (Exception e) {
      runner.close();
      made.auth().close();
      throw cannotListen(config, e);
    }
    hub.start(facts::state);
    runner.begin();
    return new ReferenceServer(addresses, made, server, runner, hub);
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool threads = new QueuedThreadPool(MAX_THREADS);
    threads.setName("http");
    return threads;
  }

  private static ServerConnector connector(Server server, ServerConfig config) {
    ServerConnector connector = new ServerConnector(server, 1, 1, http());
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setErrorHandler(new PlainErrors());
    server.setStopTimeout(STOP_MILLIS);
    return connector;
  }

  private static TaskRunner runner(
      AuthFactory.Made made, LiveHub hub, List<Task> more, Ground ground) {
    TaskAuth auth = made.auth();
    List<Task> tasks = tasks(auth, ground);
    tasks.addAll(more);
    TaskRunner runner = new TaskRunner(tasks, Surroundings.of(auth, made.store()));
    runner.onChange(hub::runChanged);
    auth.webhooks().ifPresent(webhooks -> runner.onEvent(new TaskEvents(webhooks, auth.clock())));
    return runner;
  }

  private static List<Task> tasks(TaskAuth auth, Ground ground) {
    Upkeep upkeep = auth.upkeep().orElseThrow();
    List<IdentityProvider> providers = auth.identityProviders().orElseThrow().all();
    List<Task> tasks =
        new ArrayList<>(
            List.of(
                new Sweep(upkeep),
                new AuditTurnover(upkeep),
                new WebhookDeliveries(auth.webhooks().orElseThrow()),
                new SessionReport(auth),
                new HashCalibration(ground.random()),
                new ImportUsers(auth)));
    if (!providers.isEmpty()) {
      tasks.add(new IdentityKeys(providers));
    }
    return tasks;
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

  int port() {
    return addresses.port();
  }

  /** Where it listens, as a URL. */
  String address() {
    return addresses.listening();
  }

  /** How many streams and sockets are open. */
  int liveConnections() {
    return hub.size();
  }

  /** Which servlet is where. */
  ServletHandler servlets() {
    return server.getDescendant(ServletContextHandler.class).getServletHandler();
  }

  /** Where a program on this machine reaches the socket. */
  URI socket() {
    return addresses.socket();
  }

  /** Where the first administrator is made; empty where there is one already. */
  Optional<String> setupLink() {
    if (!made.auth().isSetupRequired()) {
      return Optional.empty();
    }
    String page = addresses.publicAddress() + "/auth/setup";
    return Optional.of(
        made.setupCode()
            .filter(code -> made.auth().isPasswordLoginEnabled())
            .map(code -> page + "?code=" + URLEncoder.encode(code, UTF_8))
            .orElse(page));
  }

  /** Where whoever was locked out chooses a password; printed this once. */
  String linkFor(String username) {
    return addresses.publicAddress() + LetIn.link(made.auth(), username);
  }

  /** Waits until it is stopped. */
  void join() throws InterruptedException {
    server.join();
  }

  /** What children of this process prove themselves with. */
  InternalCredential internalCredential() {
    return made.auth().internalCredential();
  }

  /**
   * Takes no new runs and lets the running ones finish, ends the live connections, which as
   * requests in progress would hold up the rest, lets the other requests finish, and closes the
   * store.
   */
  @Override
  public void close() {
    try {
      drain();
      hub.close();
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new UncheckedIOException(new IOException("the server did not stop cleanly", e));
    } finally {
      made.auth().close();
    }
  }

  private void drain() throws InterruptedException {
    runner.drain();
    boolean finished = runner.awaitIdle(DRAIN);
    runner.close();
    if (!finished && !runner.awaitIdle(CANCEL)) {
      LoggerFactory.getLogger(ReferenceServer.class)
          .warn("{} runs did not end in time; they end with the process", runner.inFlight());
    }
  }
}
