package io.taskauth.user;

import java.util.regex.Pattern;

/**
 * Who somebody is to an identity provider: the slot that the provider is configured in, and the
 * subject that it never gives to anybody else (OpenID Connect Core 1.0, section 5.7). Subjects are
 * compared as they are, capital letters too. An e-mail address is no part of it: providers give
 * addresses to others when somebody leaves.
 *
 * @param slot {@code a-z}, then up to 31 of {@code a-z}, {@code 0-9}, {@code _} and {@code -}
 * @param subject 1 to 255 ASCII characters without white space
 */
public record Identity(String slot, String subject) {
  private static final Pattern SLOT = Pattern.compile("[a-z][a-z0-9_-]{0,31}");
  private static final Pattern SUBJECT = Pattern.compile("[!-~]{1,255}");

  /** What a slot must look like, for an error message. */
  public static final String SLOT_RULE =
      "1 to 32 characters a-z, 0-9, _ or -, beginning with a letter, and not 'service'";

  public Identity {
    if (!isSlot(slot)) {
      throw new IllegalArgumentException("a slot must be " + SLOT_RULE);
    }
    if (!isSubject(subject)) {
      throw new IllegalArgumentException("a subject must be 1 to 255 visible ASCII characters");
    }
  }

  /** Whether it could be the name of a slot. */
  public static boolean isSlot(String text) {
    // On pages and on record, service:x is a machine.
    return SLOT.matcher(text).matches() && !text.equals("service");
  }

  /** Whether a provider may call somebody that. */
  public static boolean isSubject(String text) {
    return SUBJECT.matcher(text).matches();
  }

  /** The origin of accounts that this slot's provider vouches for. */
  public Origin origin() {
    return Origin.oauth(slot);
  }

  /** As it stands in names and records: {@code slot:subject}. */
  @Override
  public String toString() {
    return slot + ":" + subject;
  }
}
