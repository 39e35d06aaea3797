package io.taskauth.server;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Task;
import java.nio.file.Path;

// docs:begin owntask
/** Says how much room is left where the data lies. */
final class DiskSpace implements Task {
  @Override
  public String name() {
    return "disk-space";
  }

  @Override
  public String description() {
    return "Says how much room is left where the data lies.";
  }

  @Override
  public Work prepare(Arguments arguments) {
    int atLeast = arguments.only("at_least_mib").integer("at_least_mib", 1024, 0, 1_000_000);
    return progress -> {
      long mib = Path.of(".").toFile().getUsableSpace() >> 20;
      return mib + " MiB, which is " + (mib < atLeast ? "too little" : "enough") + ".\n";
    };
  }
}
// docs:end owntask
