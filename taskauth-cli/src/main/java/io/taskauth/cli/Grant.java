package io.taskauth.cli;

/**
 * A sign-in that the server has just granted.
 *
 * @param session whether it is a session, which signing out ends
 * @param about the answer with the {@code user} and {@code expires_at}
 */
record Grant(Secret token, boolean session, JsonObject about) {
  /** From the answer of {@code POST /api/auth/token}. */
  static Grant session(Api api, JsonObject answer) {
    String token = answer.text("access_token").orElseThrow(api::stranger);
    return new Grant(Token.parse(token, "the answer of " + api.server()), true, answer);
  }

  String account() {
    return about
        .object("user")
        .flatMap(user -> user.text("username"))
        .or(() -> about.object("service").flatMap(service -> service.text("name")))
        .orElse("somebody");
  }
}
