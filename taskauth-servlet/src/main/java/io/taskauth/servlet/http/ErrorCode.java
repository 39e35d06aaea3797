package io.taskauth.servlet.http;

import java.util.Locale;

/** The stable codes of errors, with their status and title. */
public enum ErrorCode {
  SETUP_REQUIRED(503, "Set-up required"),
  NOT_AUTHENTICATED(401, "Not signed in"),
  SESSION_EXPIRED(401, "Session expired"),
  INVALID_TOKEN(401, "Invalid token"),
  INVALID_CREDENTIALS(401, "Wrong user name or password"),
  ACCOUNT_DEACTIVATED(401, "Account deactivated"),
  CSRF_FAILED(403, "Request from elsewhere"),
  FORBIDDEN(403, "Not allowed"),
  INSUFFICIENT_SCOPE(403, "Scope too small"),
  SESSION_REQUIRED(403, "Session required"),
  PASSWORD_LOGIN_DISABLED(403, "Password sign-in is off"),
  NOT_FOUND(404, "Not found"),
  METHOD_NOT_ALLOWED(405, "Method not allowed"),
  CONFLICT(409, "Conflict"),
  SETUP_COMPLETE(409, "Set-up is complete"),
  USER_EXISTS(409, "User exists"),
  LAST_ADMIN(409, "Last administrator"),
  SELF_DEACTIVATION(409, "Own account"),
  SELF_DELETION(409, "Own account"),
  BODY_TOO_LARGE(413, "Body too large"),
  UNSUPPORTED_MEDIA_TYPE(415, "Unsupported media type"),
  INVALID_REQUEST(400, "Invalid request"),
  INVALID_GRANT(400, "Code not good"),
  TOO_MANY_ATTEMPTS(429, "Too many attempts"),
  OVERLOADED(503, "Overloaded"),
  STORE_UNAVAILABLE(503, "Store unavailable"),
  PROVIDER_UNAVAILABLE(503, "Sign-in service unavailable"),
  INTERNAL_ERROR(500, "Internal error");

  private final int status;
  private final String title;

  ErrorCode(int status, String title) {
    this.status = status;
    this.title = title;
  }

  public int status() {
    return status;
  }

  public String title() {
    return title;
  }

  /** The code as it stands in the answer. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
