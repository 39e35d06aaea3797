package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.ProxyProcess.Place;
import io.taskauth.server.task.TestTask;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * What must hold behind every proxy: the server is told about, and the visitor is not the proxy.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class BehindAProxy {
  /** Who visits; the proxy itself comes to the server from 127.0.0.1. */
  private static final String VISITOR = "127.0.0.77";

  private static final String FORGED = "203.0.113.9";

  private Place place;
  private RunningServer server;
  private ProxyProcess proxy;
  private HttpClient client;
  private String session;
  private String csrf;

  abstract ProxyProcess startOrSkip(Place where) throws Exception;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    int http = ProxyProcess.freePort();
    int https = ProxyProcess.freePort();
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_PUBLIC_URL", "https://localhost:" + https);
    settings.put("TASKAUTH_TRUSTED_PROXIES", "127.0.0.1");
    server = RunningServer.start(settings, List.of(new TestTask("a/b", progress -> "done")));
    place =
        new Place(directory, server.server().port(), http, https, TestCertificate.make(directory));
    proxy = startOrSkip(place);
    client = HttpClient.newBuilder().sslContext(place.certificate().trusting()).build();
    HttpResponse<String> answer = login();
    session = cookie(answer, "__Host-taskauth_session");
    csrf = cookie(answer, "__Host-taskauth_csrf");
  }

  @AfterAll
  void stop() throws Exception {
    if (proxy != null) {
      proxy.close();
    }
    server.close();
  }

  @Test
  void cookiesAreBoundToHttpsWhateverTheVisitorSays() throws Exception {
    HttpResponse<String> answer = login("X-Forwarded-Proto", "http");
    assertThat(answer.headers().allValues("Set-Cookie"))
        .isNotEmpty()
        .allSatisfy(cookie -> assertThat(cookie).startsWith("__Host-").contains("; Secure"));
    assertThat(answer.headers().firstValue("Strict-Transport-Security")).isPresent();
    HttpResponse<String> who = get("/api/auth/whoami");
    assertThat(who.statusCode()).isEqualTo(200);
    assertThat(who.body()).contains("\"root\"");
  }

  @Test
  void theAddressOnRecordIsTheVisitorsAndNotWhatIsForged() throws Exception {
    String signedIn =
        fromTheVisitor(
            "POST /api/auth/login HTTP/1.1",
            "X-Forwarded-For: " + FORGED,
            "X-Real-IP: " + FORGED,
            "Forwarded: for=" + FORGED,
            "Content-Type: application/json",
            RunningServer.credentials("root"));
    assertThat(signedIn).startsWith("HTTP/1.1 200");
    assertThat(get("/api/auth/sessions").body())
        .contains("\"" + VISITOR + "\"")
        .doesNotContain(FORGED);
    assertThat(get("/api/auth/audit").body())
        .contains("\"" + VISITOR + "\"")
        .doesNotContain(FORGED);
  }

  @Test
  void theStreamArrivesWhileItIsOpen() throws Exception {
    try (LiveStream stream = LiveStream.open(client, uri("/dashboard/stream"), "Cookie", session)) {
      assertThat(stream.answer().statusCode()).isEqualTo(200);
      assertThat(stream.line()).isEqualTo("retry: 3000");
      assertThat(post("/api/tasks/sweep/run", "{}").statusCode()).isEqualTo(202);
      assertThat(stream.next("run", "\"sweep\"")).isNotEmpty();
    }
  }

  @Test
  void aWebSocketOpens() throws Exception {
    String ticket = RunningServer.member(post("/api/auth/ws-ticket", ""), "ticket");
    URI address = URI.create("wss://localhost:" + place.https() + "/ws");
    try (LiveSocket socket = LiveSocket.open(client, address, origin(), ticket)) {
      assertThat(socket.call(1, "ping", "{}")).contains("\"pong\"");
    }
  }

  @Test
  void aNameWithASlashStaysOne() throws Exception {
    HttpResponse<String> answer = get("/api/tasks/a%2Fb/override");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  @Test
  void pagesAreSentToHttpsAndProgramsAreNot() throws Exception {
    String plain = "http://localhost:" + place.http();
    HttpResponse<String> page =
        send(HttpRequest.newBuilder(URI.create(plain + "/runs?status=failed")));
    assertThat(page.statusCode()).isIn(301, 308);
    assertThat(page.headers().firstValue("Location")).contains(origin() + "/runs?status=failed");
    assertThat(send(HttpRequest.newBuilder(URI.create(plain + "/api/auth/status"))).statusCode())
        .isEqualTo(403);
  }

  private HttpResponse<String> login(String... headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri("/api/auth/login"))
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(RunningServer.credentials("root")));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(HttpRequest.newBuilder(uri(path)).header("Cookie", session));
  }

  private HttpResponse<String> post(String path, String json) throws Exception {
    return send(
        HttpRequest.newBuilder(uri(path))
            .header("Cookie", session + "; " + csrf)
            .header("X-CSRF-Token", csrf.substring(csrf.indexOf('=') + 1))
            .header("Origin", origin())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(json)));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }

  /** From an address of its own, which Java's HTTP client cannot choose before Java 19. */
  private String fromTheVisitor(String... linesAndBody) throws IOException {
    String body = linesAndBody[linesAndBody.length - 1];
    try (Socket wire = new Socket()) {
      wire.bind(new InetSocketAddress(VISITOR, 0));
      wire.connect(new InetSocketAddress("127.0.0.1", place.https()));
      try (Socket secure =
          place
              .certificate()
              .trusting()
              .getSocketFactory()
              .createSocket(wire, "localhost", place.https(), true)) {
        String head =
            Arrays.stream(linesAndBody)
                .limit(linesAndBody.length - 1)
                .collect(Collectors.joining("\r\n"));
        String request =
            String.format(
                "%s\r\nHost: localhost:%d\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%s",
                head, place.https(), body.length(), body);
        secure.getOutputStream().write(request.getBytes(UTF_8));
        return new String(secure.getInputStream().readAllBytes(), UTF_8);
      }
    }
  }

  private static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.headers()));
  }

  private String origin() {
    return "https://localhost:" + place.https();
  }

  private URI uri(String path) {
    return URI.create(origin() + path);
  }
}
