package io.taskauth.benchmarks.pieces;

import io.taskauth.benchmarks.Figures;
import io.taskauth.benchmarks.Stores;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** All pieces, each in a process of its own. */
public final class PiecesBenchmark {
  private PiecesBenchmark() {}

  public static void main(String[] args) throws RunnerException {
    List<String> addresses = Stores.chosen();
    var options =
        new OptionsBuilder()
            .include(PiecesBenchmark.class.getPackageName().replace(".", "\\."))
            .param("address", addresses.toArray(String[]::new))
            .forks(1)
            .warmupIterations(4)
            .warmupTime(TimeValue.seconds(1))
            .measurementIterations(5)
            .measurementTime(TimeValue.seconds(1))
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .jvmArgs(
                ManagementFactory.getRuntimeMXBean().getInputArguments().toArray(String[]::new))
            .build();
    Figures figures = Figures.here(addresses);
    for (RunResult result : new Runner(options).run()) {
      save(result, figures);
    }
    figures.save("pieces");
  }

  private static void save(RunResult result, Figures figures) {
    String name = result.getParams().getBenchmark();
    String[] words = name.split("\\.", -1);
    String row = words[words.length - 2].replace("Benchmark", "") + "." + words[words.length - 1];
    String address = result.getParams().getParam("address");
    if (address != null) {
      row += "." + Stores.name(address);
    }
    Result<?> time = result.getPrimaryResult();
    figures.put(row, "micros", time.getScore());
    figures.put(row, "micros-error", time.getScoreError());
    Result<?> bytes = result.getSecondaryResults().get("gc.alloc.rate.norm");
    if (bytes != null) {
      figures.put(row, "bytes", bytes.getScore());
    }
  }
}
