package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.AuthStore;
import io.taskauth.store.Change;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;

/** Two nodes on the same data, and the first steps that tests of them share. */
interface SharedNodes extends TokenSteps {
  /** Until when a node has to be told of what another has changed. */
  Duration SOON = Duration.ofSeconds(1);

  /** The node where most things are done. */
  AuthStore here();

  /** The other one. */
  AuthStore there();

  /** One more, which the caller closes. */
  AuthStore anotherNode();

  @Override
  default AuthStore store() {
    return here();
  }

  /** One or the other, for threads that are numbered. */
  default AuthStore node(int number) {
    return number % 2 == 0 ? here() : there();
  }

  /** Whether {@code change} is told there, and can be read there as soon as it is told. */
  default void assertToldThere(Runnable verb, Change change, BooleanSupplier readable) {
    List<Change> told = new CopyOnWriteArrayList<>();
    Runnable unsubscribe = there().changes().subscribe(told::add);
    verb.run();
    Patience.await(change + " told", SOON, () -> told.contains(change));
    assertThat(readable.getAsBoolean()).as("%s can be read", change).isTrue();
    unsubscribe.run();
  }
}
