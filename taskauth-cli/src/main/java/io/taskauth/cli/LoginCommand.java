package io.taskauth.cli;

import java.time.Instant;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description = {
      "Sign in, and stay so for the next commands.",
      "Asks for name and password; without a terminal they are the first two lines of standard"
          + " input."
    },
    footer = {
      "",
      "Examples:",
      "  taskauth login --server https://tools.example.com",
      "  taskauth login --browser",
      "  taskauth login --with-token < token.txt"
    })
final class LoginCommand implements Runnable {
  private final Shell shell;

  @ArgGroup Way way = new Way();

  static final class Way {
    @Option(
        names = "--browser",
        description = "Sign in with your browser, for accounts of Google, GitHub and the like.")
    boolean browser;

    @Option(
        names = "--with-token",
        description =
            "Ask for a token that was made in the browser, or read it from standard input.")
    boolean token;
  }

  LoginCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Grant grant = way.token ? new TokenLogin(shell).signIn() : interactively();
    ServerAddress server = shell.server();
    Optional<StoredLogin> before = former();
    shell
        .loginFile()
        .write(
            new StoredLogin(
                server, grant.token(), grant.session(), grant.account(), shell.caFile(server)));
    before.filter(StoredLogin::session).ifPresent(this::end);
    tell(server, grant);
  }

  /** What is damaged is replaced. */
  private Optional<StoredLogin> former() {
    try {
      return shell.stored();
    } catch (Failure damaged) {
      return Optional.empty();
    }
  }

  /** Nothing here would know the former session any more, to sign out of it. */
  private void end(StoredLogin former) {
    try {
      shell.atHome(former).post("/api/auth/logout", new JsonObject());
    } catch (Failure | WrongUsage e) {
      shell.warn("the session that you had at " + former.server() + " stays open until it ends");
    }
  }

  private Grant interactively() {
    Api api = shell.anonymous();
    SignInWays ways = SignInWays.ask(api);
    if (way.browser) {
      return new BrowserLogin(shell).signIn(api);
    }
    if (ways.passwords()) {
      return new PasswordLogin(shell).signIn(api, ways);
    }
    if (!shell.terminal().asks()) {
      throw new Failure(
          "passwords are off at "
              + api.server()
              + "; make a token at "
              + api.server().at("/auth/account")
              + " and use: taskauth login --with-token");
    }
    return new BrowserLogin(shell).signIn(api);
  }

  private void tell(ServerAddress server, Grant grant) {
    String until =
        grant
            .about()
            .instant("expires_at")
            .map((Instant end) -> ", until " + Output.local(end))
            .orElse("");
    shell.output().note("Signed in to " + server + " as " + grant.account() + until + ".");
    if (shell.fromEnvironment().isPresent()) {
      shell.warn("TASKAUTH_TOKEN is set, and the other commands use it instead");
    }
  }
}
