package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Somebody's way to a provider and back, step by step: nothing is followed by itself. */
final class ProviderWalk {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final String cookie;
  private final URI callback;

  private ProviderWalk(String cookie, URI callback) {
    this.cookie = cookie;
    this.callback = callback;
  }

  /** Leaves from a server and says at the provider who one is. */
  static ProviderWalk to(RunningServer server, String slot, String next) throws Exception {
    HttpResponse<String> away = server.get("/api/auth/oauth/start/" + slot + "?next=" + next);
    assertThat(away.statusCode()).as(away.body()).isEqualTo(302);
    URI provider = URI.create(away.headers().firstValue("Location").orElseThrow());
    HttpResponse<String> back =
        CLIENT.send(HttpRequest.newBuilder(provider).build(), BodyHandlers.ofString());
    assertThat(back.statusCode()).as(back.body()).isEqualTo(302);
    return new ProviderWalk(
        cookie(away, "taskauth_oauth"),
        URI.create(back.headers().firstValue("Location").orElseThrow()));
  }

  /** Comes back, to this server or to another one of the same site. */
  HttpResponse<String> back(RunningServer server) throws Exception {
    return server.get(callback.getRawPath() + "?" + callback.getRawQuery(), "Cookie", cookie);
  }

  static String cookie(HttpResponse<String> answer, String name) {
    return answer.headers().allValues("Set-Cookie").stream()
        .filter(cookie -> cookie.startsWith(name + "="))
        .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
        .findFirst()
        .orElseThrow(() -> new AssertionError(answer.statusCode() + " " + answer.headers()));
  }
}
