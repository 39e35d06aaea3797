package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import org.junit.jupiter.api.Test;

/** The task that docs/task-dashboard.md shows, run. */
class OwnTaskExampleTest {
  @Test
  void itSaysHowMuchRoomIsLeft() throws Exception {
    Task task = new DiskSpace();
    assertThat(task.prepare(Arguments.none()).run(fraction -> {}))
        .matches("\\d+ MiB, which is (too little|enough)\\.\\n");
  }
}
