package io.taskauth.server;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.server.handler.GracefulHandler;

/** What this process is and does at the moment, read from the process itself. */
final class ProcessFacts {
  private final String store;
  private final GracefulHandler requests;

  ProcessFacts(String store, GracefulHandler requests) {
    this.store = store;
    this.requests = requests;
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
