package io.taskauth.server.people;

import io.taskauth.admin.ImportedAccount;
import io.taskauth.internal.Text;
import io.taskauth.password.PasswordHash;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.Username;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What an account must look like, as everywhere else.
 *
 * @param usual the role of whom the file gives none
 * @param admins whether Django's superusers become administrators
 */
record Rules(Roles roles, Role usual, boolean admins) {
  private static final int NAME_LENGTH = 128;

  ImportedAccount account(Candidate candidate) throws BadLineException {
    if (candidate.problem() != null) {
      throw new BadLineException(candidate.problem());
    }
    return new ImportedAccount(
        username(candidate.value(Column.USERNAME)),
        email(candidate.value(Column.EMAIL)),
        displayName(candidate.value(Column.DISPLAY_NAME)),
        role(candidate),
        active(candidate.value(Column.ACTIVE)),
        Optional.ofNullable(candidate.value(Column.PASSWORD_HASH))
            .map(PasswordHash::new)
            .orElse(null));
  }

  /** Whether somebody was to have every right, and gets the usual ones. */
  boolean lowers(Candidate candidate) {
    return candidate.superuser() && !admins;
  }

  private static Username username(@Nullable String text) throws BadLineException {
    if (text == null) {
      throw new BadLineException("It has no username.");
    }
    return Username.parse(text)
        .orElseThrow(() -> new BadLineException("The username must be " + Username.RULE + "."));
  }

  private static @Nullable EmailAddress email(@Nullable String text) throws BadLineException {
    return text == null
        ? null
        : EmailAddress.parse(text)
            .orElseThrow(() -> new BadLineException("The e-mail address is none."));
  }

  private static @Nullable String displayName(@Nullable String text) throws BadLineException {
    if (text != null && (text.length() > NAME_LENGTH || !Text.isClean(text))) {
      throw new BadLineException(
          "The display name must have at most "
              + NAME_LENGTH
              + " characters, and no control characters.");
    }
    return text;
  }

  private Role role(Candidate candidate) throws BadLineException {
    String name = candidate.value(Column.ROLE);
    if (name == null) {
      return candidate.superuser() && admins ? roles.administrator() : usual;
    }
    return roles
        .find(name)
        .orElseThrow(
            () ->
                new BadLineException(
                    roles.ascending().stream()
                        .map(Role::name)
                        .collect(Collectors.joining(", ", "The role must be one of: ", "."))));
  }

  private static boolean active(@Nullable String text) throws BadLineException {
    if (text == null) {
      return true;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "yes", "1" -> true;
      case "false", "no", "0" -> false;
      default -> throw new BadLineException("'active' must be true or false.");
    };
  }
}
