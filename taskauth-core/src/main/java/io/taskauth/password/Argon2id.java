package io.taskauth.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import de.mkammerer.argon2.Argon2;
import de.mkammerer.argon2.Argon2Factory;
import de.mkammerer.argon2.Argon2Factory.Argon2Types;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/** Argon2id by the reference implementation's native library. */
final class Argon2id implements HashAlgorithm {
  private static final Pattern PARAMETERS =
      Pattern.compile("\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,3}),p=(\\d{1,2})\\$.+");

  private final Argon2 argon2;
  private final Argon2Parameters parameters;

  private Argon2id(Argon2 argon2, Argon2Parameters parameters) {
    this.argon2 = argon2;
    this.parameters = parameters;
  }

  /** Empty, with a warning that says why, where the native library does not load. */
  static Optional<HashAlgorithm> load(Argon2Parameters parameters) {
    try {
      Argon2 argon2 = Argon2Factory.create(Argon2Types.ARGON2id);
      argon2.hash(1, 8, 1, new byte[] {1});
      return Optional.of(new Argon2id(argon2, parameters));
    } catch (LinkageError e) {
      LoggerFactory.getLogger(Argon2id.class)
          .warn(
              "Argon2 is not available on this platform, passwords are hashed with PBKDF2 instead;"
                  + " accounts whose password was hashed with Argon2 cannot sign in here ({})",
              e.toString());
      return Optional.empty();
    }
  }

  @Override
  public boolean made(PasswordHash hash) {
    return hash.encoded().startsWith("$argon2id$");
  }

  @Override
  public boolean isCurrent(PasswordHash hash) {
    var found = PARAMETERS.matcher(hash.encoded());
    return found.matches()
        && Integer.parseInt(found.group(1)) == parameters.memoryKib()
        && Integer.parseInt(found.group(2)) == parameters.passes()
        && Integer.parseInt(found.group(3)) == parameters.lanes();
  }

  @Override
  public PasswordHash hash(String normalizedPassword) {
    byte[] bytes = normalizedPassword.getBytes(UTF_8);
    try {
      return new PasswordHash(
          argon2.hash(parameters.passes(), parameters.memoryKib(), parameters.lanes(), bytes));
    } finally {
      argon2.wipeArray(bytes);
    }
  }

  @Override
  public boolean verify(String normalizedPassword, PasswordHash hash) {
    byte[] bytes = normalizedPassword.getBytes(UTF_8);
    try {
      return argon2.verify(hash.encoded(), bytes);
    } finally {
      argon2.wipeArray(bytes);
    }
  }
}
