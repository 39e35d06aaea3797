package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

/** Links with which users choose their passwords, for the tests about them. */
final class ResetLinks {
  static final String NEXT = "a fine new one";

  private ResetLinks() {}

  /** The secret of a new link for that account. */
  static String make(Site site, String name) {
    Answer answer =
        site.post(site.userPath(name) + "/reset-password")
            .bearer(site.token("ada", "admin").secret())
            .send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(200);
    return answer.json().get("reset_token").asString();
  }

  static Call use(Site site, String token, String password) {
    return site.post("/api/auth/reset-password").object("token", token, "new_password", password);
  }

  static Answer login(Site site, String name, String password) {
    return site.post("/api/auth/login").json(Site.credentials(name, password)).send();
  }
}
