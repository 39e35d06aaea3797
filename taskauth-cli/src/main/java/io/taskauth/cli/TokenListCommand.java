package io.taskauth.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description = "List your tokens that are not revoked. The tokens themselves are not shown.",
    footer = {"", "Example: taskauth token list --json | jq -r '.items[].name'"})
final class TokenListCommand implements Runnable {
  private final Shell shell;

  @Option(names = "--json", description = "Print them as JSON.")
  boolean json;

  TokenListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    List<JsonObject> tokens = shell.signedIn().list("/api/auth/tokens", Optional.empty());
    Output output = shell.output();
    if (json) {
      output.json(new JsonObject().with("items", tokens));
      return;
    }
    output.table(
        List.of("ID", "NAME", "SCOPES", "CREATED", "EXPIRES", "LAST USED"),
        tokens.stream().map(token -> row(output, token)).toList(),
        "You have no tokens. Make one with: taskauth token create --name NAME");
  }

  private static List<String> row(Output output, JsonObject token) {
    return List.of(
        token.text("id").orElse(""),
        token.text("name").orElse(""),
        String.join(" ", token.texts("scopes")),
        output.moment(token, "created_at"),
        expiry(output, token),
        output.moment(token, "last_used_at"));
  }

  static String expiry(Output output, JsonObject token) {
    String moment = output.moment(token, "expires_at");
    return moment.isEmpty() ? "never" : moment;
  }
}
