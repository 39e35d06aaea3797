package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** One row of a table: what is sent, and what comes back. */
record Scenario(String name, Function<Site, Call> call, int status, String error) {
  /** Refused with this problem. */
  static Scenario refused(String name, int status, String error, Function<Site, Call> call) {
    return new Scenario(name, call, status, error);
  }

  /** Let through to the host. */
  static Scenario passed(String name, Function<Site, Call> call) {
    return new Scenario(name, call, 200, "");
  }

  /** Every scenario at every site. */
  static Stream<Arguments> at(Stream<Site> sites, List<Scenario> scenarios) {
    return sites.flatMap(site -> scenarios.stream().map(row -> Arguments.of(site, row)));
  }

  Answer holdsAt(Site site) {
    Answer answer = call.apply(site).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(status);
    assertThat(answer.error()).as("%s", answer).isEqualTo(error);
    assertThat(answer.isFromHost()).as("%s", answer).isEqualTo(status == 200);
    return answer;
  }

  @Override
  public String toString() {
    return name;
  }
}
