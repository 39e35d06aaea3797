package io.taskauth.servlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokens.Outcome.Created;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.login.LoginOutcome.SignedIn;
import io.taskauth.password.Password;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.servlet.WebOptions;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.store.InMemoryAuthStore;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

/** The code that docs/tokens.md shows, between the marks, as it stands there. */
class TokenExamplesTest {
  @Test
  void aTokenReachesWhatItsScopesReach() throws Exception {
    // docs:begin scopes
    WebOptions options =
        WebOptions.defaults()
            .tokenScopes("deploy", "metrics")
            .requireScope("deploy", "/api/deploy/*")
            .requireScope("metrics", "/metrics");
    // docs:end scopes
    TaskAuth auth =
        TaskAuth.builder()
            .store(new InMemoryAuthStore())
            .secretKeys("a secret of 32 bytes or more, for this test")
            .build();
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new DeployServlet()), "/*");
    EnumSet<DispatcherType> all = EnumSet.allOf(DispatcherType.class);
    context.addFilter(new FilterHolder(new TaskAuthFilter(auth, options)), "/*", all);
    Server server = new Server(0);
    server.setHandler(context);
    server.start();
    try {
      String token = token(auth, "metrics");
      assertThat(get(server, "/metrics", token).statusCode()).isEqualTo(200);
      assertThat(get(server, "/metrics", token).body()).isEqualTo("deploys: false");
      assertThat(get(server, "/api/deploy/now", token).statusCode()).isEqualTo(403);
      assertThat(get(server, "/api/deploy/now", token(auth, "deploy")).body())
          .isEqualTo("deploys: true");
    } finally {
      server.stop();
      auth.close();
    }
  }

  private static String token(TaskAuth auth, String scope) {
    Password password = Password.of("a long secret");
    boolean unused = auth.setup().orElseThrow().ensureAdministrator("ada", password);
    Opened ada = ((SignedIn) auth.logins().signIn("ada", password, ClientInfo.LOCAL)).session();
    Created created =
        (Created)
            auth.accessTokens()
                .orElseThrow()
                .create(
                    ada.user(),
                    ada.session().id(),
                    scope,
                    Scopes.of(List.of(scope)),
                    Expiry.never(),
                    ClientInfo.LOCAL);
    return created.secret().reveal();
  }

  private static HttpResponse<String> get(Server server, String path, String token)
      throws IOException, InterruptedException {
    int port = ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .header("Authorization", "Bearer " + token)
                .build(),
            BodyHandlers.ofString());
  }

  private static final class DeployServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      // docs:begin hasscope
      boolean mayDeploy =
          TaskAuthPrincipal.of(request).filter(caller -> caller.hasScope("deploy")).isPresent();
      // docs:end hasscope
      response.getWriter().print("deploys: " + mayDeploy);
    }
  }
}
