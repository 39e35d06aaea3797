package io.taskauth.cli;

import java.util.Optional;
import picocli.CommandLine.Command;

@Command(description = "End your session at the server, and forget it here.")
final class LogoutCommand implements Runnable {
  private final Shell shell;

  LogoutCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Optional<StoredLogin> stored = stored();
    if (stored.isEmpty()) {
      shell.output().note("You are not signed in.");
      return;
    }
    StoredLogin login = stored.get();
    if (!login.session()) {
      shell.loginFile().delete();
      shell
          .output()
          .note(
              "The token for "
                  + login.server()
                  + " is forgotten here, but still works. To end it: taskauth token revoke");
      return;
    }
    // Before anything is forgotten: where this server may not be talked to, nothing changes.
    Api api = shell.atHome(login);
    try {
      end(login, api);
    } finally {
      // Whatever the server says, or if it says nothing: nobody shall find it here any more.
      shell.loginFile().delete();
    }
    shell.output().note("Signed out of " + login.server() + ".");
  }

  /** A damaged file is as good a reason as any to want it gone. */
  private Optional<StoredLogin> stored() {
    try {
      return shell.stored();
    } catch (Failure damaged) {
      shell.loginFile().delete();
      throw new Failure(
          "the stored sign-in was damaged and is forgotten; its session may still be open",
          damaged);
    }
  }

  private static void end(StoredLogin login, Api api) {
    try {
      api.post("/api/auth/logout", new JsonObject());
    } catch (Refused over) {
      if (over.status() != 401) {
        throw unfinished(login, over);
      }
    } catch (Failure trouble) {
      throw unfinished(login, trouble);
    }
  }

  private static Failure unfinished(StoredLogin login, Failure why) {
    return new Failure(
        "forgotten here, but the session at "
            + login.server()
            + " may stay open until it ends by itself: "
            + why.inWords(),
        why);
  }
}
