package io.taskauth.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every command starts from: the options, the stored sign-in, and which server they mean
 * together. Options win over the environment, the environment over what is stored, and that over
 * the server that the program was installed from.
 */
final class Shell {
  private final Surroundings around;
  private final GlobalOptions options;
  private boolean looked;
  private @Nullable StoredLogin stored;

  Shell(Surroundings around, GlobalOptions options) {
    this.around = around;
    this.options = options;
  }

  Surroundings around() {
    return around;
  }

  Terminal terminal() {
    return around.terminal();
  }

  Output output() {
    return new Output(around, options.colour.on(around));
  }

  LoginFile loginFile() {
    return new LoginFile(ConfigDirectory.of(around), this::warn);
  }

  void warn(String text) {
    around.err().println("taskauth: warning: " + VisibleText.of(text));
  }

  /** For whoever asked to see what is going on. Nothing secret may come here. */
  private void trace(String text) {
    if (options.debug) {
      around.err().println("taskauth: " + VisibleText.of(text));
    }
  }

  Optional<StoredLogin> stored() {
    if (!looked) {
      stored = loginFile().read().orElse(null);
      looked = true;
    }
    return Optional.ofNullable(stored);
  }

  /**
   * @throws WrongUsage where none is named, or one that may not be talked to
   */
  ServerAddress server() {
    ServerAddress server =
        named()
            .or(() -> stored().map(StoredLogin::server))
            .or(this::installedFrom)
            .orElseThrow(
                () ->
                    new WrongUsage("which server? Name it once with: taskauth login --server URL"));
    return allowed(server);
  }

  /** The starter says which server the program came from, if it came from one. */
  private Optional<ServerAddress> installedFrom() {
    return around
        .variable("TASKAUTH_INSTALLED_FROM")
        .map(text -> ServerAddress.parse(text, "the address beside the jar"));
  }

  private ServerAddress allowed(ServerAddress server) {
    if (!server.encrypted() && !server.loopback() && !plainAllowed()) {
      throw new WrongUsage(
          "everybody on the way to "
              + server
              + " could read passwords and tokens; use https, or --allow-http if you mean it");
    }
    return server;
  }

  private Optional<ServerAddress> named() {
    if (options.server != null) {
      return Optional.of(ServerAddress.parse(options.server, "--server"));
    }
    return around
        .variable("TASKAUTH_SERVER")
        .map(text -> ServerAddress.parse(text, "TASKAUTH_SERVER"));
  }

  private boolean plainAllowed() {
    return options.allowHttp
        || around.variable("TASKAUTH_ALLOW_HTTP").filter("1"::equals).isPresent();
  }

  /** As nobody. */
  Api anonymous() {
    return as(null);
  }

  Api as(@Nullable Credential credential) {
    return api(server(), credential);
  }

  /** As the stored sign-in, at the server it is for, whatever other one is named. */
  Api atHome(StoredLogin login) {
    return api(allowed(login.server()), credential(login));
  }

  private Api api(ServerAddress server, @Nullable Credential credential) {
    return new Api(new Transport(caFile(server)), server, credential, this::trace);
  }

  /**
   * As whoever is signed in.
   *
   * @throws Failure where nobody is
   */
  Api signedIn() {
    return as(credential());
  }

  private Credential credential() {
    return fromEnvironment()
        .or(() -> fromFile(server()))
        .orElseThrow(
            () -> new Failure("not signed in to " + server() + ". Run: taskauth login" + hint()));
  }

  /** Whoever is signed in elsewhere should see why that does not count here. */
  private String hint() {
    return stored()
        .map(login -> " --server " + server() + " (you are signed in to " + login.server() + ")")
        .orElse("");
  }

  Optional<Credential> fromEnvironment() {
    return around
        .variable("TASKAUTH_TOKEN")
        .map(text -> Token.parse(text, "TASKAUTH_TOKEN"))
        .map(token -> new Credential(token, Credential.Source.ENVIRONMENT));
  }

  /** A token is for the server that gave it: no other may see it, whatever is named. */
  private Optional<Credential> fromFile(ServerAddress server) {
    return stored().filter(login -> login.server().equals(server)).map(Shell::credential);
  }

  private static Credential credential(StoredLogin login) {
    return new Credential(
        login.token(),
        login.session() ? Credential.Source.STORED_SESSION : Credential.Source.STORED_TOKEN);
  }

  /** Whose certificates to trust; null for those that Java trusts. */
  @Nullable Path caFile(ServerAddress server) {
    if (options.caFile != null) {
      return options.caFile.toAbsolutePath();
    }
    Optional<String> variable = around.variable("TASKAUTH_CA_FILE");
    if (variable.isPresent()) {
      try {
        return Path.of(variable.get()).toAbsolutePath();
      } catch (InvalidPathException e) {
        throw new WrongUsage("TASKAUTH_CA_FILE is no path");
      }
    }
    // With everything else named, what is stored is not read: it may be damaged, or not there.
    if (named().isPresent() && fromEnvironment().isPresent()) {
      return null;
    }
    return stored()
        .filter(login -> login.server().equals(server))
        .map(StoredLogin::caFile)
        .orElse(null);
  }
}
