package io.taskauth.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Waits on this machine for the browser to come back (RFC 8252, section 7.3). Anybody can knock
 * here: other programs, other users of the machine, any page that guesses the port. Whoever does
 * not know the state is sent away, and the waiting goes on; whoever says nothing is hung up on.
 */
final class CallbackListener implements AutoCloseable {
  private static final String PATH = "/callback";
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final int AT_ONCE = 32;

  private final ServerSocket socket;
  private final String state;
  private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
  private final Semaphore places = new Semaphore(AT_ONCE);
  private final ScheduledExecutorService hangUp;

  /** What the browser brought. */
  sealed interface Outcome {
    record Code(Secret code) implements Outcome {}

    record Declined(String error) implements Outcome {}
  }

  CallbackListener(String state) {
    this.state = state;
    try {
      this.socket =
          new ServerSocket(0, AT_ONCE, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
    } catch (IOException e) {
      throw new Failure("cannot wait for the browser on 127.0.0.1", e);
    }
    this.hangUp = new ScheduledThreadPoolExecutor(1, work -> daemon("hang-up", work));
    daemon("callback", this::accept).start();
  }

  private static Thread daemon(String name, Runnable work) {
    Thread thread = new Thread(work, "taskauth-" + name);
    thread.setDaemon(true);
    return thread;
  }

  private String host() {
    return "127.0.0.1:" + socket.getLocalPort();
  }

  /** Where the browser shall come back to. */
  URI address() {
    return URI.create("http://" + host() + PATH);
  }

  /**
   * @throws Failure where nobody comes in time
   */
  Outcome await(Duration patience) {
    try {
      return outcome.get(patience.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new Failure(
          "nobody came back from the browser within "
              + patience.toMinutes()
              + " minutes; run taskauth login again",
          e);
    } catch (ExecutionException e) {
      throw new Failure("waiting for the browser failed", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure("interrupted", e);
    }
  }

  private void accept() {
    while (!socket.isClosed()) {
      try {
        Socket visitor = socket.accept();
        if (places.tryAcquire()) {
          daemon("visitor", () -> serve(visitor)).start();
        } else {
          visitor.close();
        }
      } catch (IOException e) {
        if (!socket.isClosed()) {
          outcome.completeExceptionally(e);
        }
        return;
      }
    }
  }

  private void serve(Socket visitor) {
    try (visitor) {
      // A limit on each read would not stop one who sends a byte at a time.
      var late =
          hangUp.schedule(() -> closeQuietly(visitor), PATIENCE.toSeconds(), TimeUnit.SECONDS);
      Optional<KnockRequest> request = KnockRequest.read(visitor.getInputStream());
      if (request.isPresent()) {
        answer(visitor, request.get());
      }
      late.cancel(false);
    } catch (IOException | RejectedExecutionException e) {
      // Whoever hung up was not waiting for an answer, and whoever comes too late gets none.
    } finally {
      places.release();
    }
  }

  private static void closeQuietly(Socket visitor) {
    try {
      visitor.close();
    } catch (IOException e) {
      // It is as good as closed.
    }
  }

  private void answer(Socket visitor, KnockRequest request) throws IOException {
    Optional<Outcome> brought = Optional.empty();
    CallbackPage page;
    if (!request.hosts().equals(java.util.List.of(host()))) {
      // A page elsewhere whose name was made to lead here (DNS rebinding).
      page = CallbackPage.NOT_ASKED;
    } else if (!request.path().equals(PATH)) {
      page = CallbackPage.NOT_FOUND;
    } else if (!request.method().equals("GET")) {
      page = CallbackPage.NOT_GET;
    } else {
      brought = request.parameters().flatMap(this::outcome);
      page =
          brought
              .map(
                  what ->
                      what instanceof Outcome.Code ? CallbackPage.WELCOME : CallbackPage.DECLINED)
              .orElse(CallbackPage.NOT_ASKED);
    }
    try {
      visitor.getOutputStream().write(page.response());
      visitor.getOutputStream().flush();
    } finally {
      // Also where the browser does not wait to be thanked.
      brought.ifPresent(outcome::complete);
    }
  }

  /** Empty where this is not the answer that is waited for. */
  private Optional<Outcome> outcome(Map<String, String> parameters) {
    if (!same(parameters.getOrDefault("state", ""), state)) {
      return Optional.empty();
    }
    String code = parameters.getOrDefault("code", "");
    String error = parameters.getOrDefault("error", "");
    if (code.isEmpty() == error.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        error.isEmpty() ? new Outcome.Code(new Secret(code)) : new Outcome.Declined(error));
  }

  /** Takes as long for a near miss as for a wild guess. */
  private static boolean same(String given, String expected) {
    return MessageDigest.isEqual(
        given.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException e) {
      // The process ends soon, and the socket with it.
    }
    hangUp.shutdownNow();
  }
}
