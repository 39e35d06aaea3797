package io.taskauth.cli;

import java.util.Optional;

/** Takes a token that was made elsewhere, once the server has said that it is good. */
final class TokenLogin {
  private final Shell shell;

  TokenLogin(Shell shell) {
    this.shell = shell;
  }

  Grant signIn() {
    Optional<String> text =
        shell.terminal().asks()
            ? shell.terminal().askHidden("Token: ").map(Secret::reveal)
            : shell.around().in().line();
    Secret token =
        Token.parse(
            text.filter(given -> !given.isBlank())
                .orElseThrow(() -> new Failure("no token given; nothing was changed")),
            "what was given");
    JsonObject me =
        shell.as(new Credential(token, Credential.Source.PASTED)).get("/api/auth/whoami");
    boolean session = me.text("via").filter("session"::equals).isPresent();
    return new Grant(token, session, me);
  }
}
