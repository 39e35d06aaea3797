package io.taskauth.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.UUID;

/** Makes identifiers and secrets. Threads may share it. */
public final class Ids {
  private final InstantSource clock;
  private final SecureRandom random;

  public Ids(InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
  }

  /** A UUID of version 7 (RFC 9562, section 5.7): ordered by time, 74 random bits. */
  public UUID uuidV7() {
    byte[] noise = new byte[10];
    random.nextBytes(noise);
    ByteBuffer bits = ByteBuffer.wrap(noise);
    long high = (clock.millis() << 16) | 0x7000L | (bits.getShort() & 0x0fffL);
    long low = (bits.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** The same UUID of version 8 (RFC 9562, section 5.8) for the same name, out of its SHA-256. */
  public static UUID uuidOf(String name) {
    ByteBuffer digest = ByteBuffer.wrap(Hashes.sha256(name.getBytes(UTF_8)));
    long high = (digest.getLong() & 0xffff_ffff_ffff_0fffL) | 0x8000L;
    long low = (digest.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** 128 random bits as 32 lower-case hexadecimal digits. */
  public String hex128() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  /** 256 random bits as 43 characters of base64url (RFC 4648, section 5). */
  public String secret256() {
    byte[] bytes = new byte[32];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
