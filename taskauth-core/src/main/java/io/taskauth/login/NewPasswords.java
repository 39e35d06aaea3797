package io.taskauth.login;

import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import io.taskauth.password.PasswordPolicy;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The policy, asked about a password for a certain account, and the hash of what it accepts. */
public record NewPasswords(PasswordPolicy policy, PasswordHasher hasher) {
  /** What is wrong with it, as a sentence for the user; empty where it is acceptable. */
  public Optional<String> objection(Password candidate, User user) {
    List<String> personal = new ArrayList<>(List.of(user.username().value()));
    if (user.email() != null) {
      personal.add(user.email().value());
    }
    if (user.displayName() != null) {
      personal.add(user.displayName());
    }
    return policy.objection(candidate, personal);
  }

  /**
   * @throws io.taskauth.password.OverloadedException where too many passwords wait to be hashed
   */
  public PasswordHash hash(Password accepted) {
    return hasher.hash(accepted);
  }
}
