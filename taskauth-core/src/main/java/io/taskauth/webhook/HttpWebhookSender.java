package io.taskauth.webhook;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends webhooks over HTTP/1.1, each over a connection of its own, and only to addresses that it
 * may connect to: a name is looked up once for each attempt, every address of it checked, and one
 * of those connected to. Certificates are always checked, against what this JVM trusts. Needs
 * {@code org.apache.httpcomponents.client5:httpclient5}, which the host adds to its dependencies;
 * taskauth does not bring it along. Threads share it.
 */
public final class HttpWebhookSender implements WebhookSender {
  private static final Logger LOG = LoggerFactory.getLogger(HttpWebhookSender.class);
  private static final Duration LOOK_UP = Duration.ofSeconds(3);
  private static final String NEEDED = "org.apache.hc.client5.http.impl.classic.HttpClients";

  private final LookUps lookUps;
  private final AddressGuard guard;
  private final WebhookExchange exchange;
  private final ScheduledThreadPoolExecutor timer = timer();

  HttpWebhookSender(boolean allowPrivate, NameResolver resolver, SSLContext tls) {
    this.lookUps = new LookUps(resolver);
    this.guard = new AddressGuard(allowPrivate, lookUps);
    this.exchange = new WebhookExchange(tls);
  }

  /**
   * @param allowPrivate whether to send to loopback and private networks too; the metadata services
   *     of clouds are refused even then
   * @throws IllegalStateException where Apache HttpClient is missing
   */
  public static HttpWebhookSender create(boolean allowPrivate) {
    try {
      Class.forName(NEEDED, false, HttpWebhookSender.class.getClassLoader());
      return new HttpWebhookSender(allowPrivate, NameResolver.SYSTEM, SSLContext.getDefault());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "sending webhooks needs org.apache.httpcomponents.client5:httpclient5;"
              + " add it to the dependencies",
          e);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JVM has no TLS: " + e.getMessage(), e);
    }
  }

  @Override
  public Answer send(Request request) {
    Optional<String> objection = objection(request.headers());
    if (objection.isPresent()) {
      return new Answer.Failed(objection.get());
    }
    try (WebhookLine line = new WebhookLine(request.timeout(), timer)) {
      return send(request, line);
    } catch (RejectedExecutionException e) {
      return new Answer.Failed("Webhooks are not sent any more: the server is shutting down.");
    }
  }

  private Answer send(Request request, WebhookLine line) {
    try {
      WebhookTarget target = WebhookTarget.of(request.url());
      List<InetAddress> addresses = guard.addresses(target, line.left());
      return exchange.run(request, target, addresses, line);
    } catch (AddressRefusedException e) {
      return new Answer.Refused(e.reason());
    } catch (IOException e) {
      return new Answer.Failed(
          line.isLate() ? FailureText.late(request.timeout()) : FailureText.of(e));
    } catch (RuntimeException e) {
      // Whatever else a receiver can bring HttpClient to must not end the sender's thread.
      LOG.warn("A webhook failed in a way that nobody thought of", e);
      return new Answer.Failed("The request failed for a reason that the server's log has.");
    }
  }

  @Override
  public Optional<String> objection(URI url) {
    try {
      guard.addresses(WebhookTarget.of(url), LOOK_UP);
      return Optional.empty();
    } catch (AddressRefusedException e) {
      return Optional.of(e.reason());
    } catch (UnknownHostException e) {
      return Optional.of(FailureText.UNKNOWN_HOST);
    }
  }

  private static Optional<String> objection(Map<String, String> headers) {
    return headers.entrySet().stream()
        .flatMap(h -> WebhookHeaders.objectionToAny(h.getKey(), h.getValue()).stream())
        .findFirst();
  }

  /** What is under way is brought to its end, at its deadline at the latest. */
  @Override
  public void close() {
    timer.shutdown();
    lookUps.close();
  }

  /** One thread, which is only there while something is being sent. */
  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "taskauth-webhook-timer");
              thread.setDaemon(true);
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }
}
