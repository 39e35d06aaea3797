package io.taskauth.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Text;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which passwords may be chosen: 8 to 256 characters, not one of the ten thousand most common, not
 * the user's name or a word of the host's with a few digits around it. No rules of composition and
 * no expiry (NIST SP 800-63B; OWASP ASVS 5.0, V6.2). Threads may share it.
 */
public final class PasswordPolicy {
  public static final int MIN_LENGTH = 8;

  private static final Logger log = LoggerFactory.getLogger(PasswordPolicy.class);
  private static final Pattern DECORATION = Pattern.compile("^[^\\p{L}]{1,256}|[^\\p{L}]{1,256}$");

  private final Set<String> common;
  private final Set<String> contextWords;
  private final List<PasswordCheck> checks;

  /**
   * @param contextWords words that make a poor password here, such as the product's name
   * @param checks further objections, asked in order
   */
  public PasswordPolicy(Collection<String> contextWords, List<PasswordCheck> checks) {
    this.common = CommonPasswords.load();
    this.contextWords =
        contextWords.stream().map(w -> w.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    this.checks = List.copyOf(checks);
  }

  /**
   * Why this password may not be chosen, as a sentence for the user; empty where it may.
   *
   * @param personal names of the account that it must not be made of: user name, e-mail
   */
  public Optional<String> objection(Password candidate, Collection<String> personal) {
    int length = candidate.length();
    if (length < MIN_LENGTH) {
      return Optional.of("The password must have at least " + MIN_LENGTH + " characters.");
    }
    if (!candidate.isHashable()) {
      return Optional.of("The password must have at most " + Password.MAX_LENGTH + " characters.");
    }
    if (!Text.isClean(candidate.reveal())) {
      return Optional.of("The password must not contain control characters.");
    }
    String folded = candidate.folded();
    if (common.contains(folded) || folded.codePoints().distinct().count() == 1) {
      return Optional.of("This is one of the most common passwords. Choose another one.");
    }
    if (isMadeOf(folded, contextWords) || isMadeOf(folded, wordsOf(personal))) {
      return Optional.of(
          "The password is too close to your name or to the name of this service. Choose another"
              + " one.");
    }
    return checks.stream().flatMap(check -> ask(check, candidate).stream()).findFirst();
  }

  private static Optional<String> ask(PasswordCheck check, Password candidate) {
    try {
      return check.objection(candidate);
    } catch (RuntimeException e) {
      log.warn("a password check failed and was passed over", e);
      return Optional.empty();
    }
  }

  private static boolean isMadeOf(String folded, Set<String> words) {
    String bare = undecorated(folded);
    return words.stream()
        .anyMatch(
            word ->
                word.equals(folded)
                    || word.equals(bare)
                    || (!bare.isEmpty() && undecorated(word).equals(bare)));
  }

  private static String undecorated(String text) {
    return DECORATION.matcher(text).replaceAll("");
  }

  private static Set<String> wordsOf(Collection<String> personal) {
    return personal.stream()
        .map(p -> p.toLowerCase(Locale.ROOT))
        .flatMap(p -> Stream.of(p, p.split("@", -1)[0]))
        .filter(word -> !word.isEmpty())
        .collect(Collectors.toSet());
  }

  /** The list itself, read once. */
  private static final class CommonPasswords {
    private CommonPasswords() {}

    private static Set<String> load() {
      try (InputStream in = PasswordPolicy.class.getResourceAsStream("common-passwords.txt")) {
        if (in == null) {
          throw new IllegalStateException("common-passwords.txt is missing from the jar");
        }
        return new BufferedReader(new InputStreamReader(in, UTF_8))
            .lines()
            .collect(Collectors.toUnmodifiableSet());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
