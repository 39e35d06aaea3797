package io.taskauth.service;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How hard a shared secret is to guess, soberly: by the alphabet that its characters come from,
 * with nothing for what repeats or counts up, and little for words. Estimates are kind to random
 * text and harsh to what people type.
 */
final class SecretStrength {
  /** What {@code openssl rand -base64 32} gives without its padding. */
  static final int LONG_ENOUGH = 43;

  static final int BITS = 128;

  /** Of a long one too, at the least: 43 times the same letter is no secret. */
  private static final int BITS_OF_A_LONG_ONE = 80;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}");

  /** A version-4 UUID has that many (RFC 9562, section 5.4), others have fewer. */
  private static final int BITS_OF_UUID = 122;

  private static final Pattern WORD = Pattern.compile("[A-Z]?[a-z]{3,}");

  /** Of English text, generously. */
  private static final double BITS_OF_A_LETTER_IN_WORDS = 2;

  private SecretStrength() {}

  static boolean isEnough(String secret) {
    double bits = bits(secret);
    return bits >= BITS || (secret.length() >= LONG_ENOUGH && bits >= BITS_OF_A_LONG_ONE);
  }

  static double bits(String secret) {
    if (UUID.matcher(secret.toLowerCase(Locale.ROOT)).matches()) {
      return BITS_OF_UUID;
    }
    int foreseen = foreseen(secret);
    // Random text repeats itself here and there by chance.
    int counted = secret.length() - Math.max(0, foreseen - secret.length() / 8);
    return Math.min(counted, distinct(secret) * 4.0) * bitsPerCharacter(secret);
  }

  private static long distinct(String secret) {
    return secret.chars().distinct().count();
  }

  /** How many characters follow from those before: a third of a kind, a step of a row, a repeat. */
  private static int foreseen(String secret) {
    int foreseen = 0;
    Set<String> seen = new HashSet<>();
    for (int i = 2; i < secret.length(); i++) {
      int step = secret.charAt(i) - secret.charAt(i - 1);
      boolean row = Math.abs(step) <= 1 && step == secret.charAt(i - 1) - secret.charAt(i - 2);
      boolean repeat = !seen.add(secret.substring(i - 2, i + 1));
      if (row || repeat) {
        foreseen++;
      }
    }
    return foreseen;
  }

  private static double bitsPerCharacter(String secret) {
    if (isMadeOfWords(secret)) {
      return BITS_OF_A_LETTER_IN_WORDS;
    }
    int alphabet =
        matches(secret, "[0-9]*")
            ? 10
            : matches(secret, "[0-9a-f]*") || matches(secret, "[0-9A-F]*")
                ? 16
                : matches(secret, "[a-z]*") || matches(secret, "[A-Z]*")
                    ? 26
                    : matches(secret, "[a-z0-9]*") || matches(secret, "[A-Z0-9]*") ? 36 : 64;
    return Math.log(alphabet) / Math.log(2);
  }

  /** As in {@code MySecretForGrafana} or {@code my-secret}; random text has few such runs. */
  private static boolean isMadeOfWords(String secret) {
    boolean joined = !matches(secret, "[a-z0-9]*");
    int inWords = WORD.matcher(secret).results().mapToInt(word -> word.group().length()).sum();
    return joined && inWords >= 0.75 * secret.length();
  }

  private static boolean matches(String secret, String form) {
    return secret.matches(form);
  }
}
