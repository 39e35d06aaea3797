package io.taskauth.audit;

import java.util.Locale;
import java.util.Set;

/** Names that secrets go by, alone or at the end of a longer name, in any case and spelling. */
final class SecretNames {
  /** Also with no sign between the words, as in {@code ACCESSTOKEN}. */
  private static final Set<String> ENDINGS =
      Set.of(
          "token",
          "ticket",
          "cookie",
          "authorization",
          "password",
          "passwd",
          "secret",
          "apikey",
          "codeverifier");

  /** Whole words only: {@code postcode} and {@code estate} are none. */
  private static final Set<String> WORDS = Set.of("code", "state", "nonce");

  private SecretNames() {}

  static boolean isOne(String name) {
    String[] words =
        name.replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2").toLowerCase(Locale.ROOT).split("[^a-z0-9]+");
    return (words.length > 0 && WORDS.contains(words[words.length - 1]))
        || ENDINGS.stream().anyMatch(String.join("", words)::endsWith);
  }
}
