package io.taskauth.audit;

import io.taskauth.audit.AuditEvent.Outcome;
import java.util.Locale;

/** The kinds of events, named as they stand in the record. */
public enum AuditType {
  LOGIN_SUCCESS(Outcome.SUCCESS),
  LOGIN_FAILURE(Outcome.FAILURE),
  LOGIN_THROTTLED(Outcome.FAILURE),
  LOGOUT(Outcome.SUCCESS),
  SETUP(Outcome.SUCCESS),
  SETUP_REFUSED(Outcome.FAILURE),
  SESSION_REVOKED(Outcome.SUCCESS),
  SESSION_VERIFY_FAILURE(Outcome.FAILURE),
  PASSWORD_CHANGED(Outcome.SUCCESS),
  PASSWORD_CHANGE_REFUSED(Outcome.FAILURE),
  USER_CREATED(Outcome.SUCCESS),
  ACCESS_DENIED(Outcome.FAILURE),
  CSRF_REJECTED(Outcome.FAILURE);

  private final Outcome outcome;

  AuditType(Outcome outcome) {
    this.outcome = outcome;
  }

  /** Whether an event of this kind says that something worked. */
  public Outcome outcome() {
    return outcome;
  }

  /** The name in the record, in lower case. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
