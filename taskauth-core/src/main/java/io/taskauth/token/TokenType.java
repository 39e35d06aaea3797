package io.taskauth.token;

/** What a signed token is for; a token of one type is never accepted as another. */
public enum TokenType {
  SESSION("session"),
  PAT("pat"),
  SERVICE("svc");

  private final String claim;

  TokenType(String claim) {
    this.claim = claim;
  }

  /** The value of the claim {@code typ}. */
  public String claim() {
    return claim;
  }
}
