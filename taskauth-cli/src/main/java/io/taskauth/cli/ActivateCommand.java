package io.taskauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(description = "Open a deactivated account again.")
final class ActivateCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  ActivateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    account.order("activate", new JsonObject());
    shell.output().note(account.name() + " can sign in again.");
  }
}
