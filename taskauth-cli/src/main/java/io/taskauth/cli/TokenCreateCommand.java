package io.taskauth.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description = "Make a token. It acts in your name, and is shown this once.",
    footer = {
      "",
      "A token cannot make another one: sign in first. Without a scope it may do all that you",
      "may; read is for looking only, admin for what takes an administrator.",
      "",
      "Examples:",
      "  taskauth token create --name 'nightly backup' --ttl 30d --scope read",
      "  taskauth token create --name ci --raw | gh secret set TASKAUTH_TOKEN"
    })
final class TokenCreateCommand implements Runnable {
  private final Shell shell;

  @Option(
      names = "--name",
      paramLabel = "NAME",
      required = true,
      description = "What you will know it by.")
  String name = "";

  @Option(
      names = "--ttl",
      paramLabel = "TIME",
      converter = Ttl.Converter.class,
      description = "How long it works: 30d, 12w, 1y, or never. 90 days unless said.")
  @Nullable Ttl ttl;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      description = "What it is limited to. May be given several times.")
  List<String> scopes = new ArrayList<>();

  @ArgGroup Form form = new Form();

  static final class Form {
    @Option(names = "--raw", description = "Print the token and nothing else.")
    boolean raw;

    @Option(names = "--json", description = "Print what the server answers, as JSON.")
    boolean json;
  }

  TokenCreateCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    JsonObject wanted = new JsonObject().with("name", name);
    if (ttl != null) {
      wanted.with("expires_in_days", ttl.days().orElse(null));
    }
    if (!scopes.isEmpty()) {
      wanted.with("scopes", scopes);
    }
    Api api = shell.signedIn();
    JsonObject made = api.post("/api/auth/tokens", wanted);
    String token = made.text("token").orElseThrow(api::stranger);
    Output output = shell.output();
    if (form.raw) {
      output.line(token);
    } else if (form.json) {
      output.json(made);
    } else {
      output.facts(
          List.of(
              List.of("name", made.text("name").orElse("")),
              List.of("id", made.text("id").orElse("")),
              List.of("scopes", String.join(" ", made.texts("scopes"))),
              List.of("expires", TokenListCommand.expiry(output, made)),
              List.of("token", token)));
      output.note("The token is not shown again. Put it where your secrets are.");
    }
  }
}
