package io.taskauth.cli;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;

/**
 * Signs in through the browser: whatever the server asks there, this program never sees a password
 * (RFC 8252 with PKCE, RFC 7636).
 */
final class BrowserLogin {
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final Shell shell;
  private final SecureRandom random = new SecureRandom();

  BrowserLogin(Shell shell) {
    this.shell = shell;
  }

  Grant signIn(Api api) {
    String state = Pkce.unguessable(random);
    Pkce pkce = Pkce.make(random);
    try (CallbackListener listener = new CallbackListener(state)) {
      send(api.server(), authorization(api.server(), listener.address(), state, pkce));
      return exchange(api, listener.await(PATIENCE), listener.address(), pkce);
    }
  }

  private static URI authorization(ServerAddress server, URI callback, String state, Pkce pkce) {
    return server.at(
        "/auth/authorize?response_type=code&client_id=taskauth-cli&redirect_uri="
            + Api.encoded(callback.toString())
            + "&state="
            + state
            + "&code_challenge="
            + pkce.challenge()
            + "&code_challenge_method=S256");
  }

  private void send(ServerAddress server, URI address) {
    Output output = shell.output();
    boolean opened = new Browser(shell.around()).open(address);
    output.note(
        opened
            ? "Sign in with the browser that opens now. If none does, open this address:"
            : "Open this address in a browser on this machine:");
    output.note("  " + address);
    if (!opened) {
      output.note(
          "Without one: make a token at "
              + server.at("/auth/account")
              + " anywhere, stop here with Ctrl-C, and run: taskauth login --with-token");
    }
  }

  private static Grant exchange(
      Api api, CallbackListener.Outcome outcome, URI callback, Pkce pkce) {
    if (outcome instanceof CallbackListener.Outcome.Code brought) {
      return Grant.session(api, token(api, brought.code(), callback, pkce));
    }
    throw new Failure("the sign-in was declined in the browser; nothing was changed");
  }

  private static JsonObject token(Api api, Secret code, URI callback, Pkce pkce) {
    try {
      return api.post(
          "/api/auth/token",
          new JsonObject()
              .with("grant_type", "authorization_code")
              .with("code", code.reveal())
              .with("code_verifier", pkce.verifier().reveal())
              .with("redirect_uri", callback.toString()));
    } catch (Refused refused) {
      if (refused.code().equals("invalid_grant")) {
        throw new Failure(
            "the sign-in took too long or was used already; run taskauth login again", refused);
      }
      throw refused;
    }
  }
}
