package io.taskauth.testkit;

import io.taskauth.store.AuthStoreException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What came of asking a store, and when.
 *
 * @param asked in the time of {@link System#nanoTime}
 * @param answer null where there was none
 * @param failure null where there was an answer
 */
record Reply(long asked, long over, @Nullable Object answer, @Nullable RuntimeException failure) {
  static Reply to(Supplier<?> call) {
    long asked = System.nanoTime();
    try {
      Object answer = call.get();
      return new Reply(asked, System.nanoTime(), answer, null);
    } catch (RuntimeException e) {
      return new Reply(asked, System.nanoTime(), null, e);
    }
  }

  /** The first answer there is, within that time. */
  static Reply whenAnswered(Supplier<?> call, Duration atMost) {
    long end = System.nanoTime() + atMost.toNanos();
    Reply reply = to(call);
    while (!reply.isAnswer() && reply.isOverBefore(end)) {
      reply = to(call);
    }
    return reply;
  }

  boolean isAnswer() {
    return failure == null;
  }

  /** Whether it is what an outage looks like. */
  boolean isOutage() {
    return failure instanceof AuthStoreException;
  }

  Duration took() {
    return Duration.ofNanos(over - asked);
  }

  /** Whether it was asked then or later. */
  boolean isAskedAfter(long instant) {
    return asked - instant >= 0;
  }

  boolean isOverBefore(long instant) {
    return over - instant < 0;
  }
}
