package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

/** What a run of the program left behind. */
record Outcome(int code, String out, String err) {
  Outcome succeeded() {
    assertThat(code).as("%s", this).isZero();
    return this;
  }

  /** With one line on standard error, and nothing for a program to mistake for a result. */
  Outcome failed(String... words) {
    assertThat(code).as("%s", this).isEqualTo(1);
    assertThat(err.lines().filter(line -> !line.startsWith("taskauth: warning")))
        .as("%s", this)
        .hasSize(1);
    assertThat(out).isEmpty();
    assertThat(err).startsWith("taskauth: ");
    List.of(words).forEach(word -> assertThat(err).contains(word));
    return this;
  }

  Outcome wrongUsage(String... words) {
    assertThat(code).as("%s", this).isEqualTo(2);
    assertThat(err.lines().count()).as("%s", this).isEqualTo(2);
    assertThat(out).isEmpty();
    assertThat(err).startsWith("taskauth: ").contains("--help");
    List.of(words).forEach(word -> assertThat(err).contains(word));
    return this;
  }

  List<String> lines() {
    return out.lines().toList();
  }

  JsonObject json() {
    return Json.parse(out).orElseThrow(() -> new AssertionError(out));
  }
}
