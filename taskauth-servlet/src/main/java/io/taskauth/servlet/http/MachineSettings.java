package io.taskauth.servlet.http;

import io.taskauth.access.TokenRoute;
import java.net.URI;
import java.util.List;

/**
 * What a host has set for machines and sockets.
 *
 * @param webSockets the paths that are opened by a ticket
 * @param allowedOrigins what pages may come from, besides the public URL
 */
public record MachineSettings(
    List<TokenRoute> tokenRoutes, List<TokenRoute> webSockets, List<URI> allowedOrigins) {
  public MachineSettings {
    tokenRoutes = List.copyOf(tokenRoutes);
    webSockets = List.copyOf(webSockets);
    allowedOrigins = List.copyOf(allowedOrigins);
  }
}
