package io.taskauth.cli;

import java.net.http.HttpHeaders;
import java.util.Optional;

/** What a server said, whoever it is. */
record Answer(int status, HttpHeaders headers, String body) {
  /** Empty where it is not what an API of ours answers with. */
  Optional<JsonObject> json() {
    String type = headers.firstValue("Content-Type").orElse("");
    return type.startsWith("application/json") || type.startsWith("application/problem+json")
        ? Json.parse(body)
        : Optional.empty();
  }
}
