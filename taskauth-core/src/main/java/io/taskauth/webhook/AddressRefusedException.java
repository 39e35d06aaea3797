package io.taskauth.webhook;

import java.io.Serial;

/** A URL must not be connected to. */
final class AddressRefusedException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  private final String reason;

  AddressRefusedException(String reason) {
    super(reason, null, false, false);
    this.reason = reason;
  }

  /** A sentence for whoever set the URL. */
  String reason() {
    return reason;
  }
}
