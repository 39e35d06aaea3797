package io.taskauth.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    description = "Make an account, and get a link with which its user chooses a password.",
    footer = {
      "",
      "Example: taskauth admin create-user grace --email grace@example.com --role operator"
    })
final class CreateUserCommand implements Runnable {
  private final Shell shell;

  @Parameters(paramLabel = "<name>", description = "The user name. It never changes.")
  String username = "";

  @Option(names = "--email", paramLabel = "ADDRESS", description = "Where the link is mailed to.")
  @Nullable String email;

  @Option(names = "--display-name", paramLabel = "NAME", description = "The name to show.")
  @Nullable String displayName;

  @Option(names = "--role", paramLabel = "ROLE", description = "The role; the lowest unless said.")
  @Nullable String role;

  @Option(
      names = "--set-password",
      description =
          "Make no link: ask for the password, or read it from the first line of standard input.")
  boolean setPassword;

  @Option(names = "--json", description = "Print what the server answers, as JSON.")
  boolean json;

  CreateUserCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    JsonObject account = new JsonObject().with("username", username);
    add(account, "email", email);
    add(account, "display_name", displayName);
    add(account, "role", role);
    Api api = shell.signedIn();
    if (setPassword) {
      account.with("password", NewPassword.ask(shell).reveal());
    }
    JsonObject made = new Accounts(api).create(account);
    Output output = shell.output();
    if (json) {
      output.json(made);
      return;
    }
    List<List<String>> facts = new ArrayList<>();
    facts.add(List.of("user", made.text("username").orElse("")));
    facts.add(List.of("id", made.text("id").orElse("")));
    facts.add(List.of("role", made.text("role").orElse("")));
    facts.addAll(ResetLink.facts(output, made));
    output.facts(facts);
  }

  private static void add(JsonObject account, String name, @Nullable String value) {
    if (value != null) {
      account.with(name, value);
    }
  }
}
