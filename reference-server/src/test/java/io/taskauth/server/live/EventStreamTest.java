package io.taskauth.server.live;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.live.EndReason;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A stream whose reader is as fast or slow as the test wants. */
class EventStreamTest {
  private static final LiveEvent EVENT = new LiveEvent.RunChanged("{\"a\":1}");

  private final AtomicInteger cuts = new AtomicInteger();
  private final AtomicInteger completions = new AtomicInteger();
  private final AtomicInteger endings = new AtomicInteger();
  private final Reader reader = new Reader();
  private final EventStream stream =
      new EventStream(new Audience("ada", false, null), context(), reader, cuts::incrementAndGet);

  EventStreamTest() {
    stream.whenOver(endings::incrementAndGet);
  }

  @Test
  void whatHappensIsWrittenAtOnce() {
    stream.onWritePossible();
    stream.on(EVENT);
    stream.beat();
    assertThat(reader.text())
        .isEqualTo("retry: 3000\n\nevent: run\ndata: {\"a\":1}\n\n: still here\n\n");
    assertThat(reader.unflushed).isFalse();
  }

  @Test
  void aReaderWhoIsSlowForAMomentMissesNothing() {
    stream.onWritePossible();
    reader.ready = false;
    stream.on(EVENT);
    stream.on(EVENT);
    assertThat(reader.text()).isEqualTo("retry: 3000\n\n");
    reader.ready = true;
    stream.onWritePossible();
    assertThat(reader.text()).endsWith("{\"a\":1}\n\nevent: run\ndata: {\"a\":1}\n\n");
    assertThat(cuts.get()).isZero();
  }

  @Test
  void aReaderWhoFallsBehindIsCutOff() {
    reader.ready = false;
    stream.onWritePossible();
    for (int i = 0; i < 300; i++) {
      stream.on(EVENT);
    }
    assertThat(cuts.get()).isEqualTo(1);
    assertThat(completions.get()).isEqualTo(1);
    assertThat(endings.get()).isEqualTo(1);
  }

  @Test
  void atTheEndItSaysWhy() {
    stream.onWritePossible();
    stream.end(EndReason.CREDENTIAL_ENDED);
    stream.on(EVENT);
    assertThat(reader.text())
        .isEqualTo("retry: 3000\n\nevent: end\ndata: {\"reason\":\"credential_ended\"}\n\n");
    assertThat(completions.get()).isEqualTo(1);
    assertThat(endings.get()).isEqualTo(1);
    assertThat(cuts.get()).isZero();
  }

  @Test
  void theEndDoesNotWaitForASlowReaderAndSendsNothingThatWaited() {
    stream.onWritePossible();
    reader.ready = false;
    stream.on(EVENT);
    stream.end(EndReason.CREDENTIAL_ENDED);
    assertThat(cuts.get()).isEqualTo(1);
    reader.ready = true;
    stream.onWritePossible();
    assertThat(reader.text()).isEqualTo("retry: 3000\n\n");
    assertThat(endings.get()).isEqualTo(1);
  }

  private AsyncContext context() {
    return (AsyncContext)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AsyncContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("complete")) {
                completions.incrementAndGet();
              }
              return null;
            });
  }

  private static final class Reader extends ServletOutputStream {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ready = true;
    private boolean unflushed;

    String text() {
      return bytes.toString(UTF_8);
    }

    @Override
    public boolean isReady() {
      return ready;
    }

    @Override
    public void setWriteListener(WriteListener listener) {}

    @Override
    public void write(int b) throws IOException {
      if (!ready) {
        throw new IOException("not ready");
      }
      bytes.write(b);
      unflushed = true;
    }

    @Override
    public void flush() {
      unflushed = false;
    }
  }
}
