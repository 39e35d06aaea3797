package io.taskauth.oauth;

import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.taskauth.service.ProviderUnavailableException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Every request to a provider. What comes back is bounded in time and in size, and nothing follows
 * it to another place. Threads share it.
 */
final class ProviderHttp {
  static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final Duration CONNECT = Duration.ofSeconds(3);
  private static final int BODY_LIMIT = 1 << 20;

  private final String label;
  private final Duration deadline;

  /**
   * @param deadline for a whole exchange, the body too: {@code HttpRequest.timeout} ends with the
   *     headers, and a body that drips would hold the request for ever
   */
  ProviderHttp(String label, Duration deadline) {
    this.label = label;
    this.deadline = deadline;
  }

  HTTPResponse get(URI uri) throws RefusedException {
    return send(new HTTPRequest(HTTPRequest.Method.GET, uri));
  }

  HTTPResponse send(HTTPRequest request) throws RefusedException {
    return send(request, BODY_LIMIT);
  }

  /**
   * The answer, which is neither an outage nor a redirect.
   *
   * @throws ProviderUnavailableException where there is none, or it is an outage
   */
  HTTPResponse send(HTTPRequest request, int limit) throws RefusedException {
    HTTPResponse response = exchange(request, limit);
    if (response.getStatusCode() / 100 == 3) {
      throw new RefusedException("redirect");
    }
    return response;
  }

  /** The status of the answer, be it a redirect too. */
  int status(HTTPRequest request) throws RefusedException {
    return exchange(request, BODY_LIMIT).getStatusCode();
  }

  private HTTPResponse exchange(HTTPRequest request, int limit) throws RefusedException {
    AtomicReference<@Nullable LimitedBody> body = new AtomicReference<>();
    CompletableFuture<HttpResponse<byte[]>> answer =
        Client.SHARED.sendAsync(
            translated(request),
            head -> {
              LimitedBody limited = new LimitedBody(limit);
              body.set(limited);
              return limited;
            });
    try {
      return translated(answer.get(deadline.toMillis(), TimeUnit.MILLISECONDS));
    } catch (ExecutionException e) {
      LimitedBody received = body.get();
      if (received != null && received.exceeded()) {
        throw new RefusedException("response_too_large");
      }
      // The class and not the message, which may quote what the provider sent.
      throw outage(e.getCause() == null ? "error" : e.getCause().getClass().getSimpleName());
    } catch (TimeoutException e) {
      throw outage("no answer in time");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw outage("interrupted");
    } finally {
      answer.cancel(true);
    }
  }

  ProviderUnavailableException outage(String what) {
    return new ProviderUnavailableException(label + " is not available: " + what);
  }

  private static HttpRequest translated(HTTPRequest request) {
    HttpRequest.Builder http = HttpRequest.newBuilder(request.getURI());
    request.getHeaderMap().forEach((name, values) -> values.forEach(v -> http.header(name, v)));
    String body = request.getBody();
    return http.method(
            request.getMethod().name(),
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
        .build();
  }

  private HTTPResponse translated(HttpResponse<byte[]> response) throws RefusedException {
    int status = response.statusCode();
    if (status >= 500 || status == 429) {
      throw outage("status " + status);
    }
    HTTPResponse translated = new HTTPResponse(status);
    response
        .headers()
        .firstValue("Content-Type")
        .ifPresent(type -> translated.setHeader("Content-Type", type));
    try {
      translated.setBody(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(response.body())).toString());
    } catch (CharacterCodingException e) {
      throw new RefusedException("response");
    }
    return translated;
  }

  /** One client for all providers: it has no way to be closed before Java 21. */
  private static final class Client {
    private static final int THREADS = 8;

    static final HttpClient SHARED =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .executor(threads())
            .build();

    private static ThreadPoolExecutor threads() {
      ThreadPoolExecutor threads =
          new ThreadPoolExecutor(
              THREADS,
              THREADS,
              30,
              TimeUnit.SECONDS,
              new LinkedBlockingQueue<>(),
              work -> {
                Thread thread = new Thread(work, "taskauth-provider");
                thread.setDaemon(true);
                return thread;
              });
      threads.allowCoreThreadTimeOut(true);
      return threads;
    }
  }
}
