package io.taskauth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description =
        "Get a link with which a user chooses a new password. It works once, for an hour.")
final class ResetPasswordCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<user>", description = "Id, user name or e-mail.")
  String user = "";

  @Option(names = "--json", description = "Print what the server answers, as JSON.")
  boolean json;

  ResetPasswordCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Accounts.Account account = new Accounts(shell.signedIn()).find(user);
    JsonObject link = account.order("reset-password", new JsonObject());
    Output output = shell.output();
    if (json) {
      output.json(link);
      return;
    }
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("user", account.name()));
    facts.addAll(ResetLink.facts(output, link));
    output.facts(facts);
  }
}
