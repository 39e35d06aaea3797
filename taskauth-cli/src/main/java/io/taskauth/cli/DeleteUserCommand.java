package io.taskauth.cli;

import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = "Delete an account for good, with its sessions and tokens.",
    footer = {"", "Deactivating can be undone, deleting cannot."})
final class DeleteUserCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask. Needed where nobody can be asked.")
  boolean yes;

  DeleteUserCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    if (!yes && !shell.terminal().asks()) {
      throw new WrongUsage("deleting cannot be undone, and nobody can be asked: add --yes");
    }
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    if (!yes && !agreed(account)) {
      throw new Failure("nothing was deleted");
    }
    account.delete();
    shell.output().note(account.name() + " is deleted.");
  }

  private boolean agreed(Accounts.Account account) {
    String question = "Delete " + VisibleText.of(account.name()) + " for good? [y/N] ";
    return shell
        .terminal()
        .ask(question)
        .map(answer -> answer.strip().toLowerCase(Locale.ROOT))
        .filter(answer -> answer.equals("y") || answer.equals("yes"))
        .isPresent();
  }
}
