package io.taskauth.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.server.web.Json;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;

class HashCalibrationTest {
  private final HashCalibration task = new HashCalibration(new SecureRandom());

  private Task.Work prepare(String json) {
    return task.prepare(Arguments.of(Json.read(json).orElseThrow()));
  }

  @Test
  void itSaysWhatItMeasuredAndSuggestsNoMoreThanTheTarget() throws Exception {
    String result = prepare("{\"target_ms\":50,\"rounds\":1}").run(fraction -> {});

    assertThat(result)
        .contains("19 MiB, 2 passes: ", "ms (median of 1)", "Suggested: ", " 50 ms here.")
        .contains("TaskAuth.builder().argon2(new Argon2Parameters(")
        .contains("Beyond it nothing was measured");
  }

  @Test
  void argumentsHaveTheirLimits() {
    for (String json :
        List.of(
            "{\"target_ms\":49}",
            "{\"target_ms\":2001}",
            "{\"target_ms\":\"250\"}",
            "{\"rounds\":0}",
            "{\"rounds\":21}",
            "{\"target\":250}")) {
      assertThatThrownBy(() -> prepare(json)).as(json).isInstanceOf(BadArgumentsException.class);
    }
    assertThat(task.defaults().maxConcurrent()).isEqualTo(1);
  }

  @Test
  void itCanBeCancelledBetweenRounds() {
    assertThatThrownBy(
            () ->
                prepare("{\"target_ms\":2000,\"rounds\":20}")
                    .run(
                        fraction -> {
                          if (fraction > 0.01) {
                            throw new CancellationException();
                          }
                        }))
        .isInstanceOf(CancellationException.class);
  }
}
