package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.User;
import org.junit.jupiter.api.Test;

/** The schema; that a second {@code migrate()} does no harm is part of every test's beginning. */
interface MigrationContract extends StoreContract {
  @Test
  default void migratingAgainFromSeveralThreadsLeavesEverythingInPlace() {
    User ada = create(Samples.admin("ada"));

    Race.of(
        4,
        i -> {
          store().migrate();
          return i;
        });

    assertThat(store().users().find(ada.id())).contains(ada);
  }
}
