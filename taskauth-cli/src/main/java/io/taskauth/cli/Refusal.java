package io.taskauth.cli;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns an answer that is no success into the line that tells what to do. */
final class Refusal {
  private static final int LONGEST_DETAIL = 300;

  private Refusal() {}

  static Failure of(ServerAddress server, @Nullable Credential credential, Answer answer) {
    int status = answer.status();
    if (status >= 300 && status < 400) {
      return new Failure(
          server
              + " sends on to "
              + answer.headers().firstValue("Location").map(Refusal::cut).orElse("elsewhere")
              + ", and a token is not taken along; if that is the right place, name it with"
              + " --server");
    }
    Optional<JsonObject> problem = answer.json().filter(json -> json.text("error").isPresent());
    if (problem.isEmpty()) {
      return status >= 500
          ? new Failure(server + " has trouble of its own (HTTP " + status + "); try again later")
          : stranger(server);
    }
    String code = problem.get().text("error").orElse("");
    String detail =
        cut(
            problem
                .get()
                .text("detail")
                .or(() -> problem.get().text("title"))
                .orElse("HTTP " + status));
    return new Refused(status, code, advice(server, credential, answer, code, detail));
  }

  private static String advice(
      ServerAddress server,
      @Nullable Credential credential,
      Answer answer,
      String code,
      String detail) {
    return switch (code) {
      case "not_authenticated", "invalid_token", "session_expired" ->
          credential == null ? detail : credential.whenRefused(withoutFullStop(detail));
      case "session_required" ->
          sentence(detail)
              + " A token cannot do this: unset TASKAUTH_TOKEN if it is set, and run: taskauth"
              + " login";
      case "too_many_attempts" -> "Too many attempts. Try again " + wait(answer);
      case "setup_required" ->
          "This server has no users yet. Make the first one in a browser: "
              + server.at("/auth/setup");
      case "store_unavailable", "overloaded", "provider_unavailable" ->
          sentence(detail) + " Try again " + wait(answer);
      default -> detail;
    };
  }

  static Failure stranger(ServerAddress server) {
    return new Failure(
        server
            + " does not answer as taskauth does; check the address, with its path if it has one");
  }

  private static String wait(Answer answer) {
    Optional<Long> seconds =
        answer
            .headers()
            .firstValue("Retry-After")
            .filter(value -> value.matches("[0-9]{1,6}"))
            .map(Long::valueOf);
    return seconds.map(Refusal::inWords).orElse("later");
  }

  private static String inWords(long seconds) {
    if (seconds < 120) {
      return "in " + seconds + (seconds == 1 ? " second" : " seconds");
    }
    long minutes = Duration.ofSeconds(seconds + 59).toMinutes();
    return "in " + minutes + " minutes";
  }

  private static String sentence(String detail) {
    return detail.endsWith(".") ? detail : detail + ".";
  }

  private static String withoutFullStop(String detail) {
    return detail.endsWith(".") ? detail.substring(0, detail.length() - 1) : detail;
  }

  private static String cut(String text) {
    return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
  }
}
