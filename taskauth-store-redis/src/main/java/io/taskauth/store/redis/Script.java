package io.taskauth.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Objects;

/**
 * The atomic steps, each in the file of its name. All keys of a step are in one slot, that of its
 * only declared key.
 */
enum Script {
  // What accounts have, in the slot of their own.
  FIND_SESSION(Repeat.YES),
  OPEN_SESSION("account"),
  LIST_SESSIONS(Repeat.YES, "account"),
  END_SESSION("account"),
  END_ALL_SESSIONS("account"),
  END_SESSION_THROUGH("account"),
  NOTE_SESSION(Repeat.YES),
  SWEEP_SESSION("account"),
  CHANGE_PASSWORD("account"),
  REHASH,
  APPLY(Repeat.YES, "account"),
  CREATE_TOKEN("account"),
  FIND_TOKEN(Repeat.YES),
  LIST_TOKENS(Repeat.YES, "account"),
  REVOKE_TOKEN("account"),
  NOTE_TOKEN(Repeat.YES),
  SWEEP_TOKEN("account"),
  PUT_SECRET(Repeat.YES, "account"),
  TAKE_SECRET("account"),
  SWEEP_SECRET("account"),

  // Whom there is, in the slot of all accounts.
  COMMIT_CREATE("accounts"),
  COMMIT_CHANGE("accounts"),
  COMMIT_DELETE("accounts"),
  COMMIT_UNLINK("accounts"),
  LINK_IDENTITY("accounts"),
  LIST_IDENTITIES(Repeat.YES, "accounts"),
  READ_INTENT(Repeat.YES),
  SETTLE(Repeat.YES),
  FIND_LOGIN(Repeat.YES, "accounts"),
  SEARCH_LOGINS(Repeat.YES, "accounts"),
  MIGRATE(Repeat.YES),

  // Service accounts, in the slot of all of them.
  CREATE_SERVICE("account"),
  LIST_SERVICES(Repeat.YES, "account"),
  ROTATE_SERVICE("account"),
  DELETE_SERVICE("account"),
  NOTE_SERVICES(Repeat.YES, "account"),

  // Work, in the slot of all of it.
  ADD_WORK("account", "work"),
  CLAIM_WORK("account", "work"),
  HOLD_WORK(Repeat.YES, "account", "work"),
  SETTLE_WORK("account", "work"),
  CANCEL_WORK(Repeat.YES, "account", "work"),
  PAGE_WORK(Repeat.YES, "account", "work"),
  COUNT_WORK(Repeat.YES, "account", "work"),
  LIST_LANES(Repeat.YES, "account", "work"),
  TRIM_WORK("account", "work"),
  REMOVE_WORK("account", "work"),

  // Lists of what will end, by whom sessions were opened, and of everybody's tokens.
  NOTE_END(Repeat.YES, "account"),
  LIST_ENDED(Repeat.YES),
  LIST_RUNNING(Repeat.YES),
  FORGET_ENDS(Repeat.YES),
  NOTE_THROUGH(Repeat.YES, "account"),
  SWEEP_THROUGH(Repeat.YES, "account"),
  LIST_TOKEN,
  UNLIST_TOKENS(Repeat.YES),
  FORGET_TOKENS(Repeat.YES),
  RESCHEDULE_TOKEN(Repeat.YES),
  PAGE_TOKENS(Repeat.YES),

  // The rest.
  COUNT_ATTEMPT("account"),
  RELEASE_ATTEMPTS,
  SWEEP_ATTEMPTS,
  PUT_SETTING,
  PROVE(Repeat.YES),
  APPEND_EVENTS(Repeat.YES),
  PAGE_EVENTS(Repeat.YES),
  TRIM_EVENTS;

  /** Whether it may run twice where nobody knows if it ran once. */
  private enum Repeat {
    YES,
    NO
  }

  private final boolean repeatable;
  private final String text;
  private final String sha;

  Script(String... fragments) {
    this(Repeat.NO, fragments);
  }

  Script(Repeat repeat, String... fragments) {
    StringBuilder all = new StringBuilder();
    for (String fragment : fragments) {
      all.append(read(fragment));
    }
    this.text = all.append(read(name().toLowerCase(Locale.ROOT))).toString();
    this.sha = sha1(text);
    this.repeatable = repeat == Repeat.YES;
  }

  boolean isRepeatable() {
    return repeatable;
  }

  String text() {
    return text;
  }

  /** The name by which Redis knows a script that it has run. */
  String sha() {
    return sha;
  }

  private static String read(String name) {
    String file = name + ".lua";
    try (InputStream in = Objects.requireNonNull(Script.class.getResourceAsStream(file), file)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String sha1(String text) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-1", e);
    }
  }
}
