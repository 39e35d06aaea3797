package io.taskauth.password;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.password.ForeignHash.Unusable;
import io.taskauth.password.ForeignHash.Usable;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How other systems write hashes. */
final class ForeignForms {
  private static final int MAX_MEMORY_KIB = 256 * 1024;
  private static final int MAX_PASSES = 16;
  private static final int MAX_LANES = 8;

  /** Salts of 8 to 64 bytes and hashes of 16 to 64, in Base64 without padding. */
  private static final Pattern ARGON2ID =
      Pattern.compile(
          "\\$argon2id\\$v=19\\$m=([1-9]\\d{0,9}),t=([1-9]\\d{0,9}),p=([1-9]\\d{0,9})"
              + "\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{22,86}");

  private static final Pattern DJANGO =
      Pattern.compile("pbkdf2_sha256\\$(\\d{1,10})\\$([^$]+)\\$([A-Za-z0-9+/]{43}=)");

  private static final Pattern BCRYPT = Pattern.compile("\\$2[abxy]?\\$.*");

  /** Names that a reason may repeat; anything else may be a password in clear. */
  private static final List<String> KNOWN =
      List.of(
          "pbkdf2_sha1",
          "bcrypt_sha256",
          "bcrypt",
          "scrypt",
          "md5",
          "sha1",
          "crypt",
          "unsalted_md5",
          "unsalted_sha1");

  private ForeignForms() {}

  static ForeignHash read(String text) {
    // Django puts a name of its own before what the reference implementation writes.
    String bare = text.startsWith("argon2$") ? text.substring("argon2".length()) : text;
    if (bare.startsWith("$argon2") || !bare.equals(text)) {
      return argon2id(bare);
    }
    return text.startsWith("pbkdf2_sha256$") ? pbkdf2(text) : unknown(text);
  }

  private static ForeignHash argon2id(String text) {
    Matcher form = ARGON2ID.matcher(text);
    if (!form.matches()) {
      return new Unusable("The Argon2 hash is not of the form $argon2id$v=19$m=…,t=…,p=…$…$….");
    }
    long memory = Long.parseLong(form.group(1));
    long passes = Long.parseLong(form.group(2));
    long lanes = Long.parseLong(form.group(3));
    if (memory > MAX_MEMORY_KIB || passes > MAX_PASSES || lanes > MAX_LANES) {
      return new Unusable(
          "The Argon2 hash costs more to verify than 256 MiB, 16 passes and 8 lanes.");
    }
    return memory < 8 * lanes
        ? new Unusable("The Argon2 hash has less than 8 KiB of memory per lane.")
        : new Usable(new PasswordHash(text));
  }

  private static ForeignHash pbkdf2(String text) {
    Matcher django = DJANGO.matcher(text);
    String ours = django.matches() ? translated(django) : text;
    // What it may cost is said in one place, the one that verifies.
    return Pbkdf2Sha256.FORMAT.matcher(ours).matches()
        ? new Usable(new PasswordHash(ours))
        : new Unusable(
            "The PBKDF2 hash is neither pbkdf2_sha256$<iterations>$<salt in hex>$<hash in hex> nor"
                + " Django's pbkdf2_sha256$<iterations>$<salt>$<hash in Base64>, with 1 to 5000000"
                + " iterations, a salt of 1 to 64 bytes and a hash of 32.");
  }

  private static String translated(Matcher django) {
    HexFormat hex = HexFormat.of();
    return String.join(
        "$",
        "pbkdf2_sha256",
        django.group(1),
        hex.formatHex(django.group(2).getBytes(UTF_8)),
        hex.formatHex(Base64.getDecoder().decode(django.group(3))));
  }

  private static ForeignHash unknown(String text) {
    String algorithm =
        BCRYPT.matcher(text).matches()
            ? "bcrypt"
            : KNOWN.stream().filter(name -> text.startsWith(name + "$")).findFirst().orElse("");
    return new Unusable(
        algorithm.isEmpty()
            ? "This is no password hash that is known here."
            : "The password hash was made with "
                + algorithm
                + ", which is not taken over; import the account without it.");
  }
}
