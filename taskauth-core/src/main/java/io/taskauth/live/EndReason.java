package io.taskauth.live;

/** Why a live connection is ended, with the WebSocket close code that says so (RFC 6455, 7.4). */
public enum EndReason {
  /** Its session, token or account is no longer what it was when it was opened: sign in again. */
  CREDENTIAL_ENDED(4401, "signed out"),

  /** For a moment nobody can say whether it may go on: open it anew in a moment. */
  UNVERIFIED(1013, "try again later"),

  /** The server stops: open it anew, perhaps elsewhere. */
  GOING_AWAY(1001, "going away");

  private final int closeCode;
  private final String phrase;

  EndReason(int closeCode, String phrase) {
    this.closeCode = closeCode;
    this.phrase = phrase;
  }

  /** 4401 is of the range for applications; the others are registered with IANA. */
  public int closeCode() {
    return closeCode;
  }

  /** What may be sent along; short, and the same for everybody. */
  public String phrase() {
    return phrase;
  }
}
