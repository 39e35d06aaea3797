package io.taskauth.server;

import io.taskauth.store.AuthStoreException;
import java.io.IOException;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Starts the server, says where it is, and ends it on SIGTERM. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    if (Help.isWanted(arguments)) {
      System.out.print(Help.text());
      return;
    }
    Optional<String> letIn;
    Optional<String> wayIn;
    ServerConfig config;
    ReferenceServer server;
    try {
      letIn = letIn(arguments);
      config = ServerConfig.from(System.getenv());
      server = ReferenceServer.start(config, letIn);
      wayIn = letIn.map(server::linkFor);
    } catch (ConfigException | AuthStoreException e) {
      System.err.println("taskauth cannot start: " + e.getMessage());
      System.exit(2);
      return;
    }
    Optional<WatcherProcess> watcher = config.watcher() ? watch(server) : Optional.empty();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(watcher, server), "shutdown"));
    System.out.println("taskauth listening on " + server.address());
    server.setupLink().ifPresent(link -> System.out.println("Create the administrator: " + link));
    wayIn.ifPresent(url -> System.out.println("Choose a password within the hour: " + url));
    System.out.flush();
    server.join();
  }

  private static Optional<String> letIn(String[] arguments) {
    if (arguments.length == 0) {
      return Optional.empty();
    }
    if (arguments.length == 2 && arguments[0].equals(LetIn.FLAG)) {
      return Optional.of(arguments[1]);
    }
    throw new ConfigException(
        "arguments",
        "there is only "
            + LetIn.FLAG
            + " <user name>, and "
            + Help.FLAG
            + "; everything else is set by variables");
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
