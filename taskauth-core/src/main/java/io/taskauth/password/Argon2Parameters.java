package io.taskauth.password;

/**
 * What one Argon2id hash costs (RFC 9106).
 *
 * @param memoryKib memory in KiB, 8 to 1 048 576
 * @param passes passes over the memory, 1 to 100
 * @param lanes lanes, 1 to 16
 */
public record Argon2Parameters(int memoryKib, int passes, int lanes) {
  /** 19 MiB, 2 passes, 1 lane, as the OWASP Password Storage Cheat Sheet has it. */
  public static final Argon2Parameters OWASP = new Argon2Parameters(19 * 1024, 2, 1);

  public Argon2Parameters {
    if (lanes < 1 || lanes > 16) {
      throw new IllegalArgumentException("Argon2 lanes must be 1 to 16, not " + lanes);
    }
    if (memoryKib < 8 * lanes || memoryKib > 1_048_576) {
      throw new IllegalArgumentException(
          "Argon2 memory must be 8 KiB per lane to 1048576 KiB, not " + memoryKib);
    }
    if (passes < 1 || passes > 100) {
      throw new IllegalArgumentException("Argon2 passes must be 1 to 100, not " + passes);
    }
  }
}
