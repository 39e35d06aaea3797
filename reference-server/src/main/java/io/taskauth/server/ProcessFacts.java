package io.taskauth.server;

import io.taskauth.server.task.run.TaskRunner;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.jspecify.annotations.Nullable;

/** What this process is and does at the moment, read from the process itself. */
final class ProcessFacts {
  private final String store;
  private final GracefulHandler requests;
  private final TaskRunner runner;

  ProcessFacts(String store, GracefulHandler requests, TaskRunner runner) {
    this.store = store;
    this.requests = requests;
    this.runner = runner;
  }

  /** For those who are told every other second. */
  Map<String, @Nullable Object> state() {
    Map<String, @Nullable Object> state = new LinkedHashMap<>();
    state.put("facts", now());
    state.put("draining", runner.isDraining());
    state.put("in_flight", runner.inFlight());
    return state;
  }

  Map<String, String> now() {
    Runtime runtime = Runtime.getRuntime();
    long usedMib = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Store", store);
    facts.put("Running for", uptime());
    facts.put("Requests in progress", String.valueOf(requests.getCurrentRequestCount()));
    facts.put("Memory", usedMib + " of " + (runtime.maxMemory() >> 20) + " MiB");
    facts.put("Threads", String.valueOf(ManagementFactory.getThreadMXBean().getThreadCount()));
    facts.put("Java", Runtime.version().toString());
    return facts;
  }

  private static String uptime() {
    Duration up = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
    if (up.toMinutes() < 2) {
      return up.toSeconds() + " seconds";
    }
    return up.toHours() < 2 ? up.toMinutes() + " minutes" : up.toHours() + " hours";
  }
}
