package host;

import io.taskauth.TaskAuth;
import io.taskauth.login.SetupCode;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.store.AuthStore;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import io.taskauth.store.postgres.PostgresAuthStore;
import io.taskauth.store.redis.RedisAuthStore;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.EnumSet;
import java.util.stream.Collectors;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;

/** Makes the first account of a store, and says who is signed in then. */
public final class Main {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private Main() {}

  public static void main(String[] stores) throws Exception {
    for (String address : stores) {
      try (TaskAuth auth =
          TaskAuth.builder().store(open(address)).setupCode(SetupCode.none()).build()) {
        System.out.println(signIn(auth));
      }
    }
  }

  private static AuthStore open(String address) {
    if (address.startsWith("jdbc:")) {
      return PostgresAuthStore.open(address);
    }
    return address.startsWith("redis:")
        ? RedisAuthStore.open(address)
        : DuckDbAuthStore.inMemory();
  }

  private static String signIn(TaskAuth auth) throws Exception {
    ServletContextHandler context = new ServletContextHandler("/");
    context.addFilter(
        new FilterHolder(new TaskAuthFilter(auth)), "/*", EnumSet.allOf(DispatcherType.class));
    Server server = new Server(0);
    server.setHandler(context);
    server.start();
    try {
      URI base = URI.create("http://127.0.0.1:" + server.getURI().getPort());
      String account = "{\"username\":\"ada\",\"password\":\"a very good secret\"}";
      HttpRequest.Builder setup =
          HttpRequest.newBuilder(base.resolve("/api/auth/setup"))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString(account));
      HttpResponse<String> made = send(setup);
      String cookies =
          made.headers().allValues("Set-Cookie").stream()
              .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
              .collect(Collectors.joining("; "));
      HttpResponse<String> page =
          send(HttpRequest.newBuilder(base.resolve("/auth/account")).header("Cookie", cookies));
      HttpResponse<String> who =
          send(HttpRequest.newBuilder(base.resolve("/api/auth/whoami")).header("Cookie", cookies));
      return made.statusCode() + " " + page.statusCode() + " " + who.body();
    } finally {
      server.stop();
    }
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return CLIENT.send(request.build(), BodyHandlers.ofString());
  }
}
