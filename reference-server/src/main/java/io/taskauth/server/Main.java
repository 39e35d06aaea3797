package io.taskauth.server;

import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Starts the server, says where it is, and ends it on SIGTERM. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    ServerConfig config;
    ReferenceServer server;
    try {
      config = ServerConfig.from(System.getenv());
      server = ReferenceServer.start(config);
    } catch (ConfigException | AuthStoreException e) {
      System.err.println("taskauth cannot start: " + e.getMessage());
      System.exit(2);
      return;
    }
    Optional<WatcherProcess> watcher = config.watcher() ? watch(server) : Optional.empty();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watcher, server), "shutdown"));
    System.out.println("taskauth listening on " + server.address());
    server.setupLink().ifPresent(link -> System.out.println("Create the administrator: " + link));
    System.out.flush();
    server.join();
  }

  /** Without a watcher the server serves all the same. */
  private static Optional<WatcherProcess> watch(ReferenceServer server) {
    try {
      return Optional.of(WatcherProcess.start(server.socket(), server.internalCredential()));
    } catch (IOException e) {
      LoggerFactory.getLogger(Main.class).warn("the watcher does not start: {}", e.toString());
      return Optional.empty();
    }
  }

  private static void end(Optional<WatcherProcess> watcher, ReferenceServer server) {
    watcher.ifPresent(WatcherProcess::close);
    server.close();
  }
}
