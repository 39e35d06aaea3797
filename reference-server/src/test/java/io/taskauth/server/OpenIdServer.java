package io.taskauth.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.util.Map;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;

/**
 * A real OpenID provider, of somebody else's making, which asks people who they are. It is called
 * {@code localhost} where the server is called {@code 127.0.0.1}: to a browser another site.
 */
final class OpenIdServer implements AutoCloseable {
  static final String CLIENT = "dashboard";

  private final MockOAuth2Server server =
      new MockOAuth2Server(OAuth2Config.Companion.fromJson("{\"interactiveLogin\":true}"));

  private OpenIdServer() {}

  static OpenIdServer start() {
    OpenIdServer started = new OpenIdServer();
    try {
      started.server.start(InetAddress.getByName("localhost"), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return started;
  }

  String issuer() {
    return server.issuerUrl("corp").toString().replace("//127.0.0.1:", "//localhost:");
  }

  /** What an operator sets, for the slot {@code corp}. */
  Map<String, String> settings() {
    return Map.of(
        "TASKAUTH_OAUTH_OIDC_PROVIDERS",
        "corp",
        "TASKAUTH_OAUTH_OIDC_CORP_LABEL",
        "Corp ID",
        "TASKAUTH_OAUTH_OIDC_CORP_DISCOVERY_URL",
        issuer(),
        "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID",
        CLIENT,
        "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_SECRET",
        "not a secret at all");
  }

  @Override
  public void close() {
    server.shutdown();
  }
}
