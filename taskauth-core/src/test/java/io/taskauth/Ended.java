package io.taskauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.live.EndReason;
import io.taskauth.live.LiveConnection;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A live connection that remembers why it was ended. */
final class Ended implements LiveConnection {
  /** Much longer than it may take, for a machine that has other things to do. */
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final CompletableFuture<EndReason> reason = new CompletableFuture<>();

  @Override
  public void end(EndReason why) {
    assertThat(reason.complete(why)).as("it is ended once").isTrue();
  }

  EndReason await() throws Exception {
    return reason.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  /** It was left alone for long enough that it would have been ended by now. */
  void assertGoesOn() throws Exception {
    try {
      EndReason why = reason.get(950, TimeUnit.MILLISECONDS);
      throw new AssertionError("it was ended: " + why);
    } catch (TimeoutException e) {
      // As it should be.
    }
  }

  boolean isDone() {
    return reason.isDone();
  }
}
