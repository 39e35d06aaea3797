package io.taskauth.cli;

import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.InMemoryAuthStore;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.UnaryOperator;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** taskauth itself, in Jetty, with accounts in memory and {@code ada} as the administrator. */
final class TestServer implements AutoCloseable {
  static final String PASSWORD = "correct horse battery staple";
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

  private final Server jetty = new Server();
  private final ServerConnector connector = new ServerConnector(jetty, 1, 1);
  private final TaskAuth auth;
  private final String mount;

  private TestServer(String mount, UnaryOperator<TaskAuthBuilder> settings) throws Exception {
    this.mount = mount;
    this.auth =
        settings
            .apply(
                TaskAuth.builder()
                    .secretKeys("0123456789abcdefghijklmnopqrstuvwxyz!")
                    .argon2(new Argon2Parameters(64, 1, 1))
                    .setupCode(SetupCode.none())
                    .throttle(new ThrottlePolicy(3, 1_000, 100_000, Duration.ofMinutes(15)))
                    .store(new InMemoryAuthStore()))
            .build();
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(
        new FilterHolder(new TaskAuthFilter(auth, WebOptions.defaults().mountPath(mount))),
        "/*",
        ALL);
    connector.setHost("127.0.0.1");
    jetty.addConnector(connector);
    jetty.setHandler(context);
    jetty.start();
  }

  /** Nobody has an account yet. */
  static TestServer empty() throws Exception {
    return new TestServer("", UnaryOperator.identity());
  }

  /** Who comes in comes from an identity provider. */
  static TestServer withoutPasswords() throws Exception {
    return new TestServer(
        "", settings -> settings.identityProvider(new NamedProvider()).withoutPasswordLogin());
  }

  static TestServer start() throws Exception {
    return start("", UnaryOperator.identity());
  }

  static TestServer start(String mount, UnaryOperator<TaskAuthBuilder> settings) throws Exception {
    TestServer server = new TestServer(mount, settings);
    server.setUp();
    return server;
  }

  private void setUp() throws Exception {
    String ada = "{\"username\": \"ada\", \"password\": \"" + PASSWORD + "\"}";
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(url() + "/api/auth/setup"))
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(ada))
                    .build(),
                BodyHandlers.ofString());
    if (answer.statusCode() != 201) {
      throw new IllegalStateException(answer.body());
    }
  }

  String url() {
    return "http://127.0.0.1:" + connector.getLocalPort() + mount;
  }

  @Override
  public void close() throws Exception {
    jetty.stop();
    auth.close();
  }
}
