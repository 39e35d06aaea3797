package io.taskauth.server.task.run;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/** Threads that do not keep the process alive, and say what they are for. */
final class Threads {
  private Threads() {}

  static ThreadFactory named(String name) {
    return work -> daemon(work, name);
  }

  static ThreadFactory numbered(String name) {
    AtomicInteger number = new AtomicInteger();
    return work -> daemon(work, name + "-" + number.incrementAndGet());
  }

  private static Thread daemon(Runnable work, String name) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }
}
