package io.taskauth.login;

import java.util.Map;

/** What the record says where a password was refused without being looked at. */
final class PasswordLogin {
  static final Map<String, String> REFUSED = Map.of("reason", "password_login_disabled");

  private PasswordLogin() {}
}
