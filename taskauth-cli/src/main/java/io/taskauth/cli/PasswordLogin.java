package io.taskauth.cli;

/** Signs in with a name and a password, asked for or read from standard input, never arguments. */
final class PasswordLogin {
  private final Shell shell;

  PasswordLogin(Shell shell) {
    this.shell = shell;
  }

  Grant signIn(Api api, SignInWays ways) {
    Terminal terminal = shell.terminal();
    if (!terminal.asks()) {
      Input in = shell.around().in();
      return send(
          api,
          in.line().orElseThrow(PasswordLogin::twoLines),
          in.line().map(Secret::new).orElseThrow(PasswordLogin::twoLines));
    }
    if (ways.providers()) {
      shell.output().note("To sign in with your browser instead: taskauth login --browser");
    }
    String name = terminal.ask("User name or e-mail: ").orElseThrow(PasswordLogin::nothing);
    return send(
        api, name.strip(), terminal.askHidden("Password: ").orElseThrow(PasswordLogin::nothing));
  }

  private static Grant send(Api api, String name, Secret password) {
    if (name.isEmpty() || password.reveal().isEmpty()) {
      throw nothing();
    }
    return Grant.session(
        api,
        api.post(
            "/api/auth/token",
            new JsonObject().with("username", name).with("password", password.reveal())));
  }

  private static Failure twoLines() {
    return new Failure(
        "standard input is no terminal, so its first line must be the name and its second the"
            + " password");
  }

  private static Failure nothing() {
    return new Failure("a name and a password are needed; nothing was changed");
  }
}
