package io.taskauth.audit;

import io.taskauth.audit.AuditEvent.Outcome;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** The kinds of events, named as they stand in the record. */
public enum AuditType {
  LOGIN_SUCCESS(Outcome.SUCCESS),
  LOGIN_FAILURE(Outcome.FAILURE),
  LOGIN_THROTTLED(Outcome.FAILURE),
  PASSWORD_LOGIN_REFUSED(Outcome.FAILURE),
  LOGOUT(Outcome.SUCCESS),
  SETUP(Outcome.SUCCESS),
  SETUP_REFUSED(Outcome.FAILURE),
  SESSION_REVOKED(Outcome.SUCCESS),
  SESSION_VERIFY_FAILURE(Outcome.FAILURE),
  PASSWORD_CHANGED(Outcome.SUCCESS),
  PASSWORD_CHANGE_REFUSED(Outcome.FAILURE),
  PASSWORD_RESET_REQUESTED(Outcome.SUCCESS),
  PASSWORD_RESET(Outcome.SUCCESS),
  PASSWORD_RESET_REFUSED(Outcome.FAILURE),
  EMAIL_FAILED(Outcome.FAILURE),
  USER_CREATED(Outcome.SUCCESS),
  USER_UPDATED(Outcome.SUCCESS),
  USER_DEACTIVATED(Outcome.SUCCESS),
  USER_ACTIVATED(Outcome.SUCCESS),
  USER_DELETED(Outcome.SUCCESS),
  TOKEN_CREATED(Outcome.SUCCESS),
  TOKEN_REVOKED(Outcome.SUCCESS),
  TOKEN_AUTH_SUCCESS(Outcome.SUCCESS),
  TOKEN_AUTH_FAILURE(Outcome.FAILURE),
  TOKEN_FIRST_USE_NEW_IP(Outcome.SUCCESS),
  SERVICE_CREATED(Outcome.SUCCESS),
  SERVICE_ROTATED(Outcome.SUCCESS),
  SERVICE_DELETED(Outcome.SUCCESS),
  WS_TICKET_ISSUED(Outcome.SUCCESS),
  WS_TICKET_REFUSED(Outcome.FAILURE),
  OAUTH_STATE_INVALID(Outcome.FAILURE),
  OAUTH_FAILED(Outcome.FAILURE),
  OAUTH_DENIED(Outcome.FAILURE),
  OAUTH_LOGOUT(Outcome.SUCCESS),
  OAUTH_LOGOUT_REFUSED(Outcome.FAILURE),
  IDENTITY_LINKED(Outcome.SUCCESS),
  IDENTITY_UNLINKED(Outcome.SUCCESS),
  WEBHOOK_CREATED(Outcome.SUCCESS),
  WEBHOOK_UPDATED(Outcome.SUCCESS),
  WEBHOOK_SECRET_ROTATED(Outcome.SUCCESS),
  WEBHOOK_DELETED(Outcome.SUCCESS),
  TASK_STARTED(Outcome.SUCCESS),
  TASK_SUCCEEDED(Outcome.SUCCESS),
  TASK_FAILED(Outcome.FAILURE),
  TASK_CANCELLED(Outcome.SUCCESS),
  SETTING_CHANGED(Outcome.SUCCESS),
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

  /** The kind of that name in the record; empty where there is none. */
  public static Optional<AuditType> ofCode(String code) {
    return Stream.of(values()).filter(type -> type.code().equals(code)).findFirst();
  }
}
