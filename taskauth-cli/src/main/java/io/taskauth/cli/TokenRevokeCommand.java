package io.taskauth.cli;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
    description = "Revoke one of your tokens. It stops working at once.",
    footer = {"", "Example: taskauth token revoke 'nightly backup'"})
final class TokenRevokeCommand implements Runnable {
  private final Shell shell;

  @Parameters(
      paramLabel = "<token>",
      description = "Its id, the first eight digits of its id, or its name; not the token itself.")
  String wanted = "";

  TokenRevokeCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Api api = shell.signedIn();
    JsonObject token = find(api.list("/api/auth/tokens", Optional.empty()));
    api.delete("/api/auth/tokens/" + Api.encoded(token.text("id").orElseThrow(api::stranger)));
    shell
        .output()
        .note(
            "Revoked " + token.text("name").orElse("") + " (" + token.text("id").orElse("") + ").");
  }

  private JsonObject find(List<JsonObject> tokens) {
    List<JsonObject> matching = matching(tokens, "id");
    if (matching.isEmpty()) {
      matching = tokens.stream().filter(token -> is(token, "prefix") || is(token, "name")).toList();
    }
    return switch (matching.size()) {
      case 0 -> throw new Failure("you have no token with this id, prefix or name");
      case 1 -> matching.get(0);
      default ->
          throw new Failure(
              "several tokens are called that, and none was revoked; say which id: "
                  + matching.stream()
                      .map(
                          token ->
                              token.text("id").orElse("")
                                  + " ("
                                  + token.text("name").orElse("")
                                  + ")")
                      .collect(Collectors.joining(", ")));
    };
  }

  private List<JsonObject> matching(List<JsonObject> tokens, String member) {
    return tokens.stream().filter(token -> is(token, member)).toList();
  }

  private boolean is(JsonObject token, String member) {
    return token.text(member).filter(wanted::equals).isPresent();
  }
}
