package io.taskauth.server;

import io.taskauth.store.AuthStoreException;

/** Starts the server, says where it is, and ends it on SIGTERM. */
public final class Main {
  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    ReferenceServer server;
    try {
      server = ReferenceServer.start(ServerConfig.from(System.getenv()));
    } catch (ConfigException | AuthStoreException e) {
      System.err.println("taskauth cannot start: " + e.getMessage());
      System.exit(2);
      return;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
    System.out.println("taskauth listening on " + server.address());
    server.setupLink().ifPresent(link -> System.out.println("Create the administrator: " + link));
    System.out.flush();
    server.join();
  }
}
