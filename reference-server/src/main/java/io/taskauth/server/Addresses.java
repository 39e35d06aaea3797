package io.taskauth.server;

import java.net.URI;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * What this server is called. All of it is the operator's to say; a request has no part in it,
 * since whoever chose the {@code Host} header would choose where our links lead.
 */
final class Addresses {
  private final ServerConfig config;
  private final IntSupplier port;

  /**
   * @param port where it listens, known once it does
   */
  Addresses(ServerConfig config, IntSupplier port) {
    this.config = config;
    this.port = port;
  }

  int port() {
    return port.getAsInt();
  }

  /** Where it listens, as a URL. */
  String listening() {
    String host = config.host().contains(":") ? "[" + config.host() + "]" : config.host();
    return "http://" + host + ":" + port();
  }

  /** Where users reach it, without a slash at its end. */
  String publicAddress() {
    String anywhere =
        listening().replace("://0.0.0.0:", "://localhost:").replace("://[::]:", "://localhost:");
    return config.publicUrl().orElse(anywhere).replaceFirst("/+$", "");
  }

  /** The same for somebody on another computer; empty where only the operator could say it. */
  Optional<String> forOthers() {
    boolean anywhere = listening().contains("://0.0.0.0:") || listening().contains("://[::]:");
    return anywhere && config.publicUrl().isEmpty()
        ? Optional.empty()
        : Optional.of(publicAddress());
  }

  /** Where a program on this machine reaches the socket. */
  URI socket() {
    String here = listening().replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:");
    return URI.create(here.replaceFirst("^http", "ws") + Site.SOCKET);
  }
}
