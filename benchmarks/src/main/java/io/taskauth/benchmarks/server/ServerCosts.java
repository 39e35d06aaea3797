package io.taskauth.benchmarks.server;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.Arrays;

/**
 * What this process has used up so far.
 *
 * @param threadNanos processor time of the threads that answer requests
 * @param processNanos processor time of the whole process: also the garbage collector's, the
 *     compiler's and the database's threads
 * @param bytes what the threads that answer requests have allocated
 */
record ServerCosts(long threadNanos, long processNanos, long bytes) {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static ServerCosts now() {
    long[] ids =
        Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
            .filter(info -> info != null && answersRequests(info))
            .mapToLong(ThreadInfo::getThreadId)
            .toArray();
    return new ServerCosts(
        Arrays.stream(THREADS.getThreadCpuTime(ids)).sum(),
        SYSTEM.getProcessCpuTime(),
        Arrays.stream(THREADS.getThreadAllocatedBytes(ids)).sum());
  }

  private static boolean answersRequests(ThreadInfo thread) {
    return thread.getThreadName().startsWith(BenchmarkServer.THREADS);
  }

  ServerCosts since(ServerCosts before) {
    return new ServerCosts(
        threadNanos - before.threadNanos, processNanos - before.processNanos, bytes - before.bytes);
  }
}
