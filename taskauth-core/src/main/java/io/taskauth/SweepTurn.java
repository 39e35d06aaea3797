package io.taskauth;

import io.taskauth.store.SettingStore;
import io.taskauth.store.SettingStore.Setting;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * Whose turn it is to remove what has ended: one node's at a time, whichever asks first. It is a
 * setting that is written only over the version that was read, so of many who ask one gets it. A
 * node that ends in the middle of its turn keeps nobody waiting for longer than the turn.
 */
final class SweepTurn {
  private static final String NAME = "sweep-turn";

  /** A little less than what lies between two sweeps of one node. */
  private static final Duration LENGTH = Duration.ofSeconds(50);

  private final SettingStore settings;
  private final InstantSource clock;

  SweepTurn(SettingStore settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
  }

  /** True where it is this node's turn. */
  boolean take() {
    Instant now = clock.instant();
    Optional<Setting> known = settings.get(NAME);
    if (known.isPresent() && isTaken(known.get(), now)) {
      return false;
    }
    String document = "{\"until\":\"" + now.plus(LENGTH) + "\"}";
    return settings.put(NAME, document, known.map(Setting::version).orElse(0L)).isPresent();
  }

  /** An end that lies too far away was written by a clock that is wrong. */
  private static boolean isTaken(Setting turn, Instant now) {
    Instant until = until(turn.document());
    return now.isBefore(until) && !until.isAfter(now.plus(LENGTH.multipliedBy(2)));
  }

  private static Instant until(String document) {
    String[] parts = document.split("\"", -1);
    try {
      return parts.length > 3 ? Instant.parse(parts[3]) : Instant.EPOCH;
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
