package io.taskauth.cli;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description = "List all accounts, the newest first.",
    footer = {"", "Example: taskauth admin list-users --json | jq -r '.items[].email'"})
final class ListUsersCommand implements Runnable {
  private final Shell shell;

  @Option(
      names = "--query",
      paramLabel = "TEXT",
      description = "Only those whose user name or e-mail begins like this.")
  @Nullable String query;

  @Option(names = "--json", description = "Print them as JSON.")
  boolean json;

  ListUsersCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    List<JsonObject> users = new Accounts(shell.signedIn()).all(Optional.ofNullable(query));
    Output output = shell.output();
    if (json) {
      output.json(new JsonObject().with("items", users));
      return;
    }
    output.table(
        List.of("USER", "ROLE", "STATE", "NAME", "E-MAIL", "LAST SIGN-IN", "ID"),
        users.stream().map(user -> row(output, user)).toList(),
        "There is no such user.");
  }

  private static List<String> row(Output output, JsonObject user) {
    return List.of(
        user.text("username").orElse(""),
        user.text("role").orElse(""),
        user.flag("active").orElse(false) ? "active" : "deactivated",
        user.text("display_name").orElse(""),
        user.text("email").orElse(""),
        output.moment(user, "last_login_at"),
        user.text("id").orElse(""));
  }
}
