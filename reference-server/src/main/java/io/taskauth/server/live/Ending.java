package io.taskauth.server.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What is to be tidied up when a connection is over, whenever that is: once, or at once. */
final class Ending {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Runnable> tasks = new ArrayList<>();
  private boolean over;

  void add(Runnable task) {
    lock.lock();
    try {
      if (!over) {
        tasks.add(task);
        return;
      }
    } finally {
      lock.unlock();
    }
    task.run();
  }

  void happen() {
    List<Runnable> now;
    lock.lock();
    try {
      over = true;
      now = List.copyOf(tasks);
      tasks.clear();
    } finally {
      lock.unlock();
    }
    now.forEach(Runnable::run);
  }
}
