package io.taskauth.login;

import io.taskauth.password.Password;
import io.taskauth.password.PasswordPolicy;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policy, asked about a password for a certain account. */
record NewPasswords(PasswordPolicy policy) {
  Optional<String> objection(Password candidate, User user) {
    List<String> personal = new ArrayList<>(List.of(user.username().value()));
    if (user.email() != null) {
      personal.add(user.email().value());
    }
    if (user.displayName() != null) {
      personal.add(user.displayName());
    }
    return policy.objection(candidate, personal);
  }
}
