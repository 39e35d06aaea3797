package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.TcpProxy;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The watcher as a process of its own, in front of a server that falls silent. */
class WatcherTest {
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  @Test
  void itSaysWhenTheServerIsSilentAndWhenItIsBackAndEndsWithItsParent() throws Exception {
    try (RunningServer server = RunningServer.start(RunningServer.ADMIN);
        TcpProxy way =
            TcpProxy.before(new InetSocketAddress("127.0.0.1", server.server().port()))) {
      Process watcher = start(server, way.port());
      try {
        // Nothing to say as long as there are answers.
        Thread.sleep(3000);
        assertThat(lines).noneMatch(line -> line.contains("answer"));
        way.stall();
        next("has not answered for");
        way.restore();
        next("answers again");
        assertThat(lines).noneMatch(line -> line.contains("answer"));

        watcher.getOutputStream().close();
        assertThat(watcher.waitFor(10, TimeUnit.SECONDS)).isTrue();
      } finally {
        watcher.destroyForcibly();
      }
    }
  }

  private Process start(RunningServer server, int port) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Dorg.slf4j.simpleLogger.log.io.taskauth=warn",
            "-cp",
            System.getProperty("java.class.path"),
            "io.taskauth.server.Watcher",
            "ws://127.0.0.1:" + port + "/ws",
            "PT2S");
    server.server().internalCredential().giveTo(builder.environment());
    Process watcher = builder.start();
    Thread reader =
        new Thread(
            () ->
                new BufferedReader(new InputStreamReader(watcher.getErrorStream(), UTF_8))
                    .lines()
                    .forEach(lines::add));
    reader.setDaemon(true);
    reader.start();
    return watcher;
  }

  private void next(String text) throws InterruptedException {
    List<String> heard = new ArrayList<>();
    String line = lines.poll(15, TimeUnit.SECONDS);
    while (line != null && !line.contains(text)) {
      heard.add(line);
      line = lines.poll(15, TimeUnit.SECONDS);
    }
    assertThat(line).as("%s after %s", text, heard).isNotNull();
  }
}
