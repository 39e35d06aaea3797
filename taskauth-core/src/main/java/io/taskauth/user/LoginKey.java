package io.taskauth.user;

import java.text.Normalizer;
import java.util.Locale;

/**
 * What was typed as a user name or e-mail, without the differences that do not count: white space
 * around it, case, the width of letters. Accounts are found by it and failed logins are counted by
 * it, so no spelling finds an account without counting for it. Names and e-mail addresses share one
 * space of keys: nobody can take another's e-mail address as a name.
 */
public record LoginKey(String value) {
  public static LoginKey of(String typed) {
    String folded = Normalizer.normalize(typed, Normalizer.Form.NFKC).strip();
    return new LoginKey(folded.toLowerCase(Locale.ROOT));
  }

  @Override
  public String toString() {
    return value;
  }
}
