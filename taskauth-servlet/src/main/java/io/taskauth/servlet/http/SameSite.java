package io.taskauth.servlet.http;

/** Which requests from other sites bring our cookies along (RFC 6265bis, section 5.6.7). */
public enum SameSite {
  /** None do. */
  STRICT("Strict"),
  /** A click on a link does. */
  LAX("Lax");

  private final String attribute;

  SameSite(String attribute) {
    this.attribute = attribute;
  }

  String attribute() {
    return attribute;
  }
}
