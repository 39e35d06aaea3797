package io.taskauth.server.dashboard;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditEvent.Outcome;
import org.jspecify.annotations.Nullable;

/** A security event in the list of events. */
public record EventRow(
    String id, String event, boolean failure, String who, String address, Moment at) {
  /** What scripts copy and fill in. */
  public static final EventRow EMPTY = new EventRow("", "", false, "", "", Moment.NONE);

  static EventRow of(AuditEvent event) {
    return new EventRow(
        event.id().toString(),
        event.type().code(),
        event.outcome() == Outcome.FAILURE,
        who(event),
        text(event.ip()),
        Moment.of(event.at()));
  }

  private static String who(AuditEvent event) {
    String target = event.details().get(AuditEvent.TARGET_USERNAME);
    return target == null ? text(event.username()) : text(event.username()) + " → " + target;
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
