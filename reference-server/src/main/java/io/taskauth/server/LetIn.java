package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.TaskAuth;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.PasswordReset.Start;
import io.taskauth.login.Setup;
import io.taskauth.password.Password;
import io.taskauth.user.User;
import java.net.URLEncoder;

/**
 * The way back in for an operator who is locked out, because the identity provider is gone or knows
 * no administrator any more: started with {@code --let-in <user name>}, the server takes passwords
 * until it ends, and prints a link with which that administrator chooses one. There is no variable
 * and no request that does it: whoever can start the process has the database anyway.
 */
final class LetIn {
  static final String FLAG = "--let-in";

  private LetIn() {}

  /**
   * The path and query of the link; the account is made if there is none.
   *
   * @throws ConfigException where nobody of that name can be let in
   */
  static String link(TaskAuth auth, String username) {
    Setup setup = auth.setup().orElseThrow();
    try {
      // A password that nobody knows: the link replaces it.
      boolean unused = setup.ensureAdministrator(username, Password.of(auth.ids().secret256()));
    } catch (IllegalArgumentException e) {
      throw new ConfigException(FLAG, String.valueOf(e.getMessage()));
    }
    User account =
        auth.userAdministration().flatMap(users -> users.findByLogin(username)).orElseThrow();
    if (!account.active() || !account.role().equals(auth.roles().administrator())) {
      throw new ConfigException(
          FLAG, "'" + username + "' is no active administrator; give another name");
    }
    PasswordReset reset = auth.passwordReset().orElseThrow();
    Start start = reset.startAtConsole(account);
    if (start instanceof Start.Throttled) {
      throw new ConfigException(
          FLAG, "so many links were made for '" + username + "' lately; wait a quarter of an hour");
    }
    if (start instanceof Start.Started started) {
      return "/auth/reset?token=" + URLEncoder.encode(started.token().reveal(), UTF_8);
    }
    throw new ConfigException(
        FLAG,
        "'"
            + username
            + "' has no password here, because "
            + account.origin()
            + " vouches for it;"
            + " give a new name, and an account is made");
  }
}
