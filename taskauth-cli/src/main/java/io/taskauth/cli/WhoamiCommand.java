package io.taskauth.cli;

import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    description = "Show who you are signed in as, and where.",
    footer = {"", "Example: taskauth whoami --json | jq -r .user.role"})
final class WhoamiCommand implements Runnable {
  private final Shell shell;

  @Option(names = "--json", description = "Print what the server answers, as JSON.")
  boolean json;

  WhoamiCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public void run() {
    Api api = shell.signedIn();
    JsonObject me = api.get("/api/auth/whoami");
    Output output = shell.output();
    if (json) {
      output.json(me);
      return;
    }
    List<List<String>> facts = new ArrayList<>();
    me.object("user")
        .ifPresent(
            user -> {
              facts.add(List.of("user", user.text("username").orElse("")));
              facts.add(List.of("name", user.text("display_name").orElse("")));
              facts.add(List.of("email", user.text("email").orElse("")));
              facts.add(List.of("role", user.text("role").orElse("")));
            });
    me.object("service")
        .ifPresent(service -> facts.add(List.of("service", service.text("name").orElse(""))));
    facts.add(List.of("server", api.server().toString()));
    facts.add(List.of("via", me.text("via").orElse("")));
    facts.add(List.of("scopes", String.join(" ", me.texts("scopes"))));
    facts.add(List.of("expires", output.moment(me, "expires_at")));
    output.facts(facts);
  }
}
