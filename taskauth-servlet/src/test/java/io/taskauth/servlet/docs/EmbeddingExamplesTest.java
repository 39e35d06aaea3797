package io.taskauth.servlet.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.login.AuthBackend;
import io.taskauth.login.BackendAnswer;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.servlet.WebOptions;
import io.taskauth.user.User;
import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.HttpHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.FilterInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Optional;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The code that the documentation shows, between the marks, as it stands there. */
class EmbeddingExamplesTest {
  private static final EnumSet<DispatcherType> ALL = EnumSet.allOf(DispatcherType.class);

  private final String secret = "a secret of 32 bytes or more, for this test";

  @Test
  void readme() throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new ConsoleServlet()), "/*");
    // docs:begin readme
    TaskAuth auth = TaskAuth.builder().user("admin", "a long secret").build();
    context.addFilter(new FilterHolder(new TaskAuthFilter(auth)), "/*", ALL);
    // docs:end readme
    serve(context, "");
  }

  @Test
  void jetty() throws Exception {
    // docs:begin jetty
    TaskAuth auth =
        TaskAuth.builder()
            .user("admin", "a long secret")
            .secretKeys(secret) // 32 bytes or more
            .build();

    ServletContextHandler context = new ServletContextHandler("/console");
    context.addServlet(new ServletHolder(new ConsoleServlet()), "/*");
    FilterHolder gate = new FilterHolder(new TaskAuthFilter(auth));
    gate.setAsyncSupported(true);
    context.addFilter(gate, "/*", EnumSet.allOf(DispatcherType.class));
    // docs:end jetty
    serve(context, "/console");
  }

  private static void serve(ServletContextHandler context, String base) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    try {
      assertProtected("http://127.0.0.1:" + connector.getLocalPort() + base);
    } finally {
      server.stop();
    }
  }

  @Test
  void tomcat(@TempDir Path directory) throws Exception {
    TaskAuth auth = TaskAuth.builder().user("admin", "a long secret").secretKeys(secret).build();
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector();
    // docs:begin tomcat
    Context context = tomcat.addContext("/console", null);
    Tomcat.addServlet(context, "console", new ConsoleServlet()).setAsyncSupported(true);
    context.addServletMappingDecoded("/*", "console");

    FilterDef gate = new FilterDef();
    gate.setFilterName("taskauth");
    gate.setFilter(new TaskAuthFilter(auth));
    gate.setAsyncSupported("true");
    context.addFilterDef(gate);

    FilterMap everywhere = new FilterMap();
    everywhere.setFilterName("taskauth");
    everywhere.addURLPattern("/*");
    for (DispatcherType type : DispatcherType.values()) {
      everywhere.setDispatcher(type.name());
    }
    context.addFilterMapBefore(everywhere);
    // docs:end tomcat
    tomcat.start();
    try {
      assertProtected("http://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/console");
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void undertow() throws Exception {
    TaskAuth auth = TaskAuth.builder().user("admin", "a long secret").secretKeys(secret).build();
    int port = 0;
    // docs:begin undertow
    FilterInfo gate =
        new FilterInfo(
                "taskauth",
                TaskAuthFilter.class,
                new ImmediateInstanceFactory<>(new TaskAuthFilter(auth)))
            .setAsyncSupported(true);
    DeploymentInfo console =
        Servlets.deployment()
            .setDeploymentName("console")
            .setContextPath("/console")
            .setClassLoader(ConsoleServlet.class.getClassLoader())
            .addServlet(
                Servlets.servlet("console", ConsoleServlet.class)
                    .addMapping("/*")
                    .setAsyncSupported(true))
            .addFilter(gate);
    for (DispatcherType type : DispatcherType.values()) {
      console.addFilterUrlMapping("taskauth", "/*", type);
    }
    DeploymentManager deployment = Servlets.defaultContainer().addDeployment(console);
    deployment.deploy();

    HttpHandler handler = Handlers.path().addPrefixPath("/console", deployment.start());
    Undertow undertow =
        Undertow.builder().addHttpListener(port, "127.0.0.1").setHandler(handler).build();
    undertow.start();
    // docs:end undertow
    try {
      InetSocketAddress listening =
          (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
      assertProtected("http://127.0.0.1:" + listening.getPort() + "/console");
    } finally {
      undertow.stop();
      deployment.undeploy();
      auth.close();
    }
  }

  @Test
  void options() {
    TaskAuth auth = TaskAuth.builder().user("admin", "a long secret").build();
    // docs:begin options
    WebOptions options =
        WebOptions.defaults()
            .publicPaths("/health", "/static/*")
            .requireRole("operator", "/jobs/*", "POST", "DELETE")
            .requireRole("admin", "/settings/*")
            .applicationName("Job console")
            .logo("/static/logo.svg")
            .stylesheet("/static/login.css");
    Filter gate = new TaskAuthFilter(auth, options);
    // docs:end options
    assertThat(gate).isNotNull();
  }

  @Test
  void lambda() throws Exception {
    Directory directory = (username, password) -> password.equals("of the directory");
    // docs:begin lambda
    AuthBackend employees =
        (username, password) ->
            directory.checks(username, password.reveal())
                ? BackendAnswer.accepted(username).role("operator").email(username + "@example.com")
                : BackendAnswer.refused();

    TaskAuth auth = TaskAuth.builder().backend("employees", employees).build();
    // docs:end lambda
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(new ServletHolder(new ConsoleServlet()), "/*");
    context.addFilter(new FilterHolder(new TaskAuthFilter(auth)), "/*", ALL);
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    server.addConnector(connector);
    server.setHandler(context);
    server.start();
    try {
      String base = "http://127.0.0.1:" + connector.getLocalPort();
      assertThat(signIn(base, "grace", "wrong").statusCode()).isEqualTo(401);
      assertThat(signIn(base, "grace", "of the directory").body()).contains("grace@example.com");
    } finally {
      server.stop();
      auth.close();
    }
  }

  interface Directory {
    boolean checks(String username, String password);
  }

  public static final class ConsoleServlet extends HttpServlet {
    private static final long serialVersionUID = 1;

    // docs:begin who
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      String name = request.getRemoteUser();
      boolean mayRun = request.isUserInRole("operator");
      Optional<User> account = TaskAuthPrincipal.of(request).flatMap(TaskAuthPrincipal::user);
      response.getWriter().println(name + " " + mayRun + " " + account.map(User::role));
    }
    // docs:end who
  }

  private static void assertProtected(String base) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    URI page = URI.create(base + "/anything");
    HttpResponse<String> nobody =
        client.send(
            HttpRequest.newBuilder(page).header("Accept", "text/html").build(),
            BodyHandlers.ofString());
    assertThat(nobody.statusCode()).isEqualTo(302);
    assertThat(nobody.headers().firstValue("Location").orElseThrow())
        .startsWith(URI.create(base).getPath() + "/auth/login?next=");
    String token =
        signIn(base, "admin", "a long secret")
            .body()
            .replaceAll(".*access_token\":\"([^\"]+).*", "$1");
    HttpResponse<String> somebody =
        client.send(
            HttpRequest.newBuilder(page).header("Authorization", "Bearer " + token).build(),
            BodyHandlers.ofString());
    assertThat(somebody.body().strip()).isEqualTo("admin true Optional[admin]");
  }

  private static HttpResponse<String> signIn(String base, String username, String password)
      throws Exception {
    String json = "{\"username\":\"" + username + "\",\"password\":\"" + password + "\"}";
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(URI.create(base + "/api/auth/token"))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build(),
            BodyHandlers.ofString());
  }
}
