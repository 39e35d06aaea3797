package io.taskauth.server;

import io.taskauth.live.InternalCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The child process that watches over this one, seen from here. */
final class WatcherProcess implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WatcherProcess.class);

  private static final String PATIENCE = "PT10S";

  private final Process process;
  private volatile boolean closing;

  private WatcherProcess(Process process) {
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param address where it reaches the server
   */
  static WatcherProcess start(URI address, InternalCredential credential) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-Xss512k",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Watcher.class.getName(),
            address.toString(),
            PATIENCE);
    // It needs none of the server's secrets, and none of what steers another Java.
    builder.environment().keySet().removeIf(name -> name.startsWith("TASKAUTH_"));
    builder.environment().remove("JAVA_TOOL_OPTIONS");
    builder.environment().remove("JDK_JAVA_OPTIONS");
    credential.giveTo(builder.environment());
    // Standard output is for what scripts read of the server itself.
    builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
    builder.redirectError(ProcessBuilder.Redirect.INHERIT);
    WatcherProcess watcher = new WatcherProcess(builder.start());
    var unused = watcher.process.onExit().thenAccept(watcher::ended);
    return watcher;
  }

  private void ended(Process ended) {
    if (!closing) {
      log.warn("the watcher has ended with {}; nobody watches now", ended.exitValue());
    }
  }

  @Override
  public void close() {
    closing = true;
    process.destroy();
  }
}
