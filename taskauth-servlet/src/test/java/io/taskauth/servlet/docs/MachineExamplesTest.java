package io.taskauth.servlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.access.TokenRoute;
import io.taskauth.servlet.LiveConnections;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.AuthStore;
import io.taskauth.store.InMemoryAuthStore;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** The code that docs/machines.md and docs/streams.md show, between the marks. */
class MachineExamplesTest {
  private static final String SECRET = "Zk3vQ0bX8sLr5nWc1yTgHuE7aDpM4jRf9oKi2xVwBqS";

  @Test
  void tokenRoutesAreForMachines() throws Exception {
    // docs:begin tokenroutes
    WebOptions options =
        WebOptions.defaults()
            .tokenRoute(TokenRoute.at("/api/drain").methods("GET", "POST", "DELETE").scope("drain"))
            .tokenRoute(TokenRoute.at("/internal/heap").methods("GET").loopbackOnly())
            .tokenRoute(TokenRoute.at("/metrics").methods("GET").scope("metrics").orUser());
    // docs:end tokenroutes
    AuthStore store = new InMemoryAuthStore();
    TaskAuth auth = deployed(store);
    Server server = serve(auth, options);
    try {
      assertThat(get(server, "/api/drain", SECRET).statusCode()).isEqualTo(200);
      assertThat(get(server, "/internal/heap", SECRET).statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics", SECRET).statusCode()).isEqualTo(403);
      assertThat(get(server, "/api/drain", "another").statusCode()).isEqualTo(401);
    } finally {
      server.stop();
      auth.close();
    }
  }

  private static TaskAuth deployed(AuthStore store) {
    Environment environment = new Environment();
    return environment.deployed(store);
  }

  /** Where the secret comes from. */
  private static final class Environment {
    private static final class System {
      static String getenv(String name) {
        return name.equals("DEPLOY_TOKEN") ? SECRET : "";
      }
    }

    TaskAuth deployed(AuthStore store) {
      // docs:begin servicetoken
      TaskAuth auth =
          TaskAuth.builder()
              .store(store)
              .serviceToken("deploy", System.getenv("DEPLOY_TOKEN"), "drain")
              .build();
      // docs:end servicetoken
      return auth;
    }
  }

  @Test
  void aChildFindsTheCredentialInItsEnvironment() throws Exception {
    TaskAuth auth = TaskAuth.builder().user("ada", "a long secret").build();
    String[] command = {"printenv", "TASKAUTH_INTERNAL_CREDENTIAL"};
    // docs:begin child
    ProcessBuilder child = new ProcessBuilder(command);
    auth.internalCredential().giveTo(child.environment());
    // docs:end child
    String found = new String(child.start().getInputStream().readAllBytes()).strip();
    assertThat(auth.internalCredential().isOne(found)).isTrue();
    auth.close();
  }

  @Test
  void aStreamOfTheHostsEndsWithTheProcess() throws Exception {
    AuthStore store = new InMemoryAuthStore();
    TaskAuth auth = deployed(store);
    // docs:begin websocket
    WebOptions options =
        WebOptions.defaults()
            .webSocket("/ws")
            .publicUrl("https://console.example.com")
            .allowedOrigins("https://ops.example.com");
    // docs:end websocket
    Server server = serve(auth, options.tokenRoute(TokenRoute.at("/stream").scope("drain")));
    try {
      InputStream stream = open(server, "/stream").body();
      assertThat(stream.read()).isEqualTo('.');
      auth.close();
      assertThat(stream.readAllBytes()).isEmpty();
    } finally {
      server.stop();
    }
  }

  private static Server serve(TaskAuth auth, WebOptions options) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    ServletHolder servlet = new ServletHolder(new StreamServlet());
    servlet.setAsyncSupported(true);
    context.addServlet(servlet, "/*");
    FilterHolder gate = new FilterHolder(new TaskAuthFilter(auth, options));
    gate.setAsyncSupported(true);
    context.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));
    Server server = new Server(0);
    server.setHandler(context);
    server.start();
    return server;
  }

  private static HttpRequest request(Server server, String path, String token) {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .header("Authorization", "Bearer " + token)
        .build();
  }

  private static HttpResponse<String> get(Server server, String path, String token)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request(server, path, token), BodyHandlers.ofString());
  }

  private static HttpResponse<InputStream> open(Server server, String path)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(request(server, path, SECRET), BodyHandlers.ofInputStream());
  }

  private static final class StreamServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      if (request.getRequestURI().equals("/stream")) {
        response.getOutputStream().print(".");
        response.flushBuffer();
        // docs:begin bind
        AsyncContext async = request.startAsync();
        async.setTimeout(0);
        LiveConnections.Binding binding = LiveConnections.bind(request, async::complete);
        // docs:end bind
        assertThat(binding).isNotNull();
      }
    }
  }
}
