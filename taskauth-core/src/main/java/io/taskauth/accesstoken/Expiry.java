package io.taskauth.accesstoken;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** When a token ends: chosen by whoever makes it, never left out. */
public sealed interface Expiry {
  /** At this instant, from which on it is refused. */
  record At(Instant instant) implements Expiry {}

  /** Not by itself; only when it is revoked. */
  record Never() implements Expiry {}

  static Expiry at(Instant instant) {
    return new At(instant);
  }

  static Expiry never() {
    return new Never();
  }

  /** The reverse of {@link #instantOrNull}, for stores. */
  static Expiry ofNullable(@Nullable Instant instant) {
    return instant == null ? never() : at(instant);
  }

  /** The end, or null for none. */
  default @Nullable Instant instantOrNull() {
    return this instanceof At at ? at.instant() : null;
  }

  /** As a JWT can say it (RFC 7519, section 2): the row and the token must end together. */
  default Expiry inWholeSeconds() {
    return this instanceof At at ? at(at.instant().truncatedTo(ChronoUnit.SECONDS)) : this;
  }

  /** Whether the end has come. */
  default boolean isPast(Instant now) {
    return this instanceof At at && !at.instant().isAfter(now);
  }
}
