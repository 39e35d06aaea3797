package io.taskauth.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    description = {
      "Choose a password for a user, who should change it.",
      "It is asked for twice and does not show; without a terminal it is the first line of"
          + " standard input."
    },
    footer = {"", "A link is the better way, for only the user then knows it: reset-password."})
final class SetPasswordCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  SetPasswordCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    Secret password = NewPassword.ask(shell);
    account.order("set-password", new JsonObject().with("new_password", password.reveal()));
    shell.output().note("The password of " + account.name() + " is changed.");
  }
}
