package io.taskauth.oauth;

import io.taskauth.internal.Text;
import io.taskauth.user.Identity;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks of configured values; what they throw names the setting and never the value. */
final class Setting {
  private static final Pattern DOMAIN =
      Pattern.compile("(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9-]{2,63}");
  private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");
  private static final Pattern ORGANIZATION = Pattern.compile("[A-Za-z0-9_-]{1,100}");

  private Setting() {}

  static String slot(String slot) {
    if (!Identity.isSlot(slot)) {
      throw new IllegalArgumentException("slot must be " + Identity.SLOT_RULE);
    }
    return slot;
  }

  static String text(String setting, String value) {
    if (value.isBlank() || !value.equals(value.strip()) || !Text.isClean(value)) {
      throw new IllegalArgumentException(
          setting + " must not be empty, have white space around it or control characters");
    }
    return value;
  }

  static String domain(String setting, String domain) {
    String lower = text(setting, domain).toLowerCase(Locale.ROOT);
    if (!DOMAIN.matcher(lower).matches()) {
      throw new IllegalArgumentException(
          setting + " must be domains such as example.org, those with other letters as xn--…");
    }
    return lower;
  }

  /** See RFC 6749, section 3.3. */
  static String scope(String setting, String scope) {
    if (!SCOPE.matcher(scope).matches()) {
      throw new IllegalArgumentException(setting + " must be scopes, one in each string");
    }
    return scope;
  }

  static String organization(String setting, String organization) {
    if (!ORGANIZATION.matcher(organization).matches()) {
      throw new IllegalArgumentException(
          setting + " must be organizations as they stand in addresses");
    }
    return organization;
  }

  static <T> T present(String setting, @Nullable T value) {
    if (value == null) {
      throw new IllegalArgumentException(setting + " is missing");
    }
    return value;
  }
}
