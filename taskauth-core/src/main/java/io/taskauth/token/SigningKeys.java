package io.taskauth.token;

import java.util.List;

/** The keys in force: the first signs, all verify, so that secrets can be rotated. Immutable. */
public record SigningKeys(List<SigningKey> all) {
  public SigningKeys {
    all = List.copyOf(all);
    if (all.isEmpty()) {
      throw new IllegalArgumentException("there must be at least one secret key");
    }
    if (all.stream().map(SigningKey::id).distinct().count() != all.size()) {
      throw new IllegalArgumentException("a secret key is listed twice");
    }
  }

  public SigningKey first() {
    return all.get(0);
  }
}
