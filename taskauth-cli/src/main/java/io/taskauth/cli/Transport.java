package io.taskauth.cli;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Carries requests: bounded in time and size, and never on to where a redirect points. */
final class Transport {
  private static final Duration CONNECTING = Duration.ofSeconds(10);
  private static final long WHOLE_SECONDS = 30;

  private final HttpClient client;

  Transport(@Nullable Path caFile) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .version(HttpClient.Version.HTTP_1_1);
    if (caFile != null) {
      builder.sslContext(TrustedCertificates.from(caFile));
    }
    this.client = builder.build();
  }

  /**
   * @throws Failure that says what is wrong with the way to the server
   */
  Answer send(ServerAddress server, HttpRequest request) {
    // The client's own time limit ends with the answer's head; this one is for all of it.
    CompletableFuture<HttpResponse<byte[]>> sent =
        client.sendAsync(request, head -> new LimitedBody());
    try {
      HttpResponse<byte[]> response = sent.get(WHOLE_SECONDS, TimeUnit.SECONDS);
      return new Answer(
          response.statusCode(),
          response.headers(),
          new String(response.body(), StandardCharsets.UTF_8));
    } catch (ExecutionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new Failure(NetworkTrouble.explain(server, cause), cause);
    } catch (TimeoutException e) {
      sent.cancel(true);
      throw new Failure(
          server + " did not answer within " + WHOLE_SECONDS + " seconds; try again later", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }
}
