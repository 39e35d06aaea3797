package io.taskauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(description = "Close an account: its sessions and tokens end at once.")
final class DeactivateCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  DeactivateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    account.order("deactivate", new JsonObject());
    shell.output().note(account.name() + " is deactivated.");
  }
}
