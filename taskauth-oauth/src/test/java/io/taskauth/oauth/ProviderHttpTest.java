package io.taskauth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import io.taskauth.service.ProviderUnavailableException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every request to a provider has in common. */
class ProviderHttpTest {
  @AutoClose private final StandIn them = new StandIn();
  private final ProviderHttp http = new ProviderHttp(Told.LABEL, ProviderHttp.DEADLINE);

  /** A latch that opens when the server is done with the request, one way or the other. */
  private CountDownLatch serve(HttpHandler handler) {
    CountDownLatch done = new CountDownLatch(1);
    them.serve(
        "/",
        exchange -> {
          try {
            handler.handle(exchange);
          } finally {
            done.countDown();
          }
        });
    return done;
  }

  @Test
  void anAnswerThatDripsIsLeft() throws InterruptedException {
    CountDownLatch done = serve(Misbehaviour.drip());
    ProviderHttp hasty = new ProviderHttp(Told.LABEL, Duration.ofMillis(300));
    assertThatThrownBy(() -> hasty.get(them.uri()))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessage(Told.LABEL + " is not available: no answer in time");
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void anAnswerThatIsTooLargeIsNotReadToItsEnd() throws InterruptedException {
    CountDownLatch done =
        serve(
            exchange -> {
              exchange.sendResponseHeaders(200, 0);
              // It ends because nobody listens any more.
              while (!Thread.interrupted()) {
                exchange.getResponseBody().write(new byte[65536]);
              }
            });
    assertThatThrownBy(() -> http.get(them.uri())).hasMessage("response_too_large");
    assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void nothingIsRemembered() throws Exception {
    serve(
        exchange -> {
          boolean cookie = exchange.getRequestHeaders().containsKey("Cookie");
          boolean gzip = exchange.getRequestHeaders().containsKey("Accept-Encoding");
          exchange.getResponseHeaders().set("Set-Cookie", "a=b");
          StandIn.send(exchange, 200, "text/plain", cookie + " " + gzip);
        });
    http.get(them.uri());
    assertThat(http.get(them.uri()).getBody()).isEqualTo("false false");
  }

  @Test
  void itsThreadsLetTheMachineStop() throws RefusedException {
    serve(exchange -> StandIn.send(exchange, 200, "text/plain", ""));
    http.get(them.uri());
    assertThat(Thread.getAllStackTraces().keySet())
        .filteredOn(t -> t.getName().matches("taskauth-provider|HttpClient.*"))
        .isNotEmpty()
        .allMatch(Thread::isDaemon);
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://nowhere.invalid/", "http://127.0.0.1:1/"})
  void whoeverCannotBeReachedIsOut(String uri) {
    assertThatThrownBy(() -> http.get(URI.create(uri)))
        .isInstanceOf(ProviderUnavailableException.class)
        .hasMessageContaining(Told.LABEL)
        .hasNoCause();
  }

  @Test
  void anInterruptIsAnOutageAndStaysAnInterrupt() {
    serve(Misbehaviour.drip());
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> http.get(them.uri())).isInstanceOf(ProviderUnavailableException.class);
    assertThat(Thread.interrupted()).isTrue();
  }
}
