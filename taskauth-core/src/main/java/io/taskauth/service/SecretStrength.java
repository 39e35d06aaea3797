package io.taskauth.service;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * How hard a shared secret is to guess, soberly: by the alphabet that its characters come from,
 * with nothing for what repeats or counts up, and little for words and numbers. Kind to what a
 * program made, harsh to what people type.
 */
final class SecretStrength {
  /** What {@code openssl rand -base64 32} gives without its padding. */
  static final int LONG_ENOUGH = 43;

  static final int BITS = 128;

  /** Of a long one too, at the least: 43 times the same letter is no secret. */
  private static final int BITS_OF_A_LONG_ONE = 90;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}");

  /** A version-4 UUID has that many (RFC 9562, section 5.4), others have fewer. */
  private static final int BITS_OF_UUID = 122;

  private static final Pattern HEX = Pattern.compile("[0-9a-f]*|[0-9A-F]*");
  private static final int BITS_OF_HEX = 4;

  /** Letters in a row, and digits in a row: words, names, years, telephone numbers. */
  private static final Pattern TYPED = Pattern.compile("[A-Z]?[a-z]{5,}|[A-Z]{5,}|[0-9]{4,}");

  private static final int BY_CHANCE = 6;

  /** Of English text, generously. */
  private static final double BITS_OF_TYPED = 1.5;

  private SecretStrength() {}

  static boolean isEnough(String secret) {
    double bits = bits(secret);
    return bits >= BITS || (secret.length() >= LONG_ENOUGH && bits >= BITS_OF_A_LONG_ONE);
  }

  static double bits(String secret) {
    if (UUID.matcher(secret.toLowerCase(Locale.ROOT)).matches()) {
      return BITS_OF_UUID;
    }
    double perCharacter = HEX.matcher(secret).matches() ? BITS_OF_HEX : mixed(secret);
    // Random text repeats itself here and there by chance.
    int surplus = Math.max(0, foreseen(secret) - secret.length() / 8);
    int counted = Math.min(secret.length() - surplus, distinct(secret) * 4);
    return counted * perCharacter;
  }

  /** On the average: what is typed counts little, the rest by how many kinds of signs there are. */
  private static double mixed(String secret) {
    int runs = TYPED.matcher(secret).results().mapToInt(run -> run.group().length()).sum();
    // Random text has one here and there.
    int typed = Math.max(0, runs - BY_CHANCE);
    int kinds = 0;
    for (String kind : new String[] {".*[a-z].*", ".*[A-Z].*", ".*[0-9].*", ".*[^A-Za-z0-9].*"}) {
      kinds += secret.matches(kind) ? 1 : 0;
    }
    double free = kinds > 2 ? 6 : kinds == 2 ? 5 : 4;
    return (typed * BITS_OF_TYPED + (secret.length() - typed) * free)
        / Math.max(1, secret.length());
  }

  private static int distinct(String secret) {
    return (int) secret.chars().distinct().count();
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
}
