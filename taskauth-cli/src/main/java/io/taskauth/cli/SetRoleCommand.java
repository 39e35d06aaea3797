package io.taskauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    description = "Change what a user may do, from the next request on.",
    footer = {"", "Example: taskauth admin set-role grace operator"})
final class SetRoleCommand implements Runnable {
  private final Shell shell;

  @Parameters(index = "0", paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  @Parameters(
      index = "1",
      paramLabel = "<role>",
      description = "viewer, operator or admin, unless the server has others.")
  String role = "";

  SetRoleCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    account.change(new JsonObject().with("role", role));
    shell.output().note(account.name() + " has the role " + role + " now.");
  }
}
