package io.taskauth.session;

import io.taskauth.internal.IpAddress;
import io.taskauth.internal.Text;
import org.jspecify.annotations.Nullable;

/**
 * Where a request came from, for the record and for counting attempts; never for deciding who it
 * is. Both texts are cut and freed of control characters.
 *
 * @param ip the address of the client, or null where none is known
 * @param userAgent what it calls itself, or null
 * @param accessToken the id of the personal access token that it came with, or null
 */
public record ClientInfo(
    @Nullable String ip, @Nullable String userAgent, @Nullable String accessToken) {
  /** The process itself. */
  public static final ClientInfo LOCAL = new ClientInfo(null, null);

  public ClientInfo(@Nullable String ip, @Nullable String userAgent) {
    this(ip, userAgent, null);
  }

  /** The same, with a token that holds. */
  public ClientInfo with(String accessTokenId) {
    return new ClientInfo(ip, userAgent, accessTokenId);
  }

  public ClientInfo {
    ip = Text.tame(ip, 64);
    userAgent = Text.tame(userAgent, 256);
  }

  /** The address without what a customer can vary at will: the 56-bit network of IPv6. */
  public String line() {
    return IpAddress.parse(ip).map(IpAddress::line).orElse(ip == null ? "" : ip);
  }
}
