package io.taskauth.cli;

import java.util.List;

/** Shows the link with which a user chooses a password. */
final class ResetLink {
  private ResetLink() {}

  /** None where the answer has no link. */
  static List<List<String>> facts(Output output, JsonObject answer) {
    return answer
        .text("reset_url")
        .map(
            link ->
                List.of(
                    List.of("link", link),
                    List.of("good until", output.moment(answer, "reset_expires_at")),
                    List.of("mailed", answer.flag("email_sent").orElse(false) ? "yes" : "no")))
        .orElse(List.of());
  }
}
