package io.taskauth.live;

import io.taskauth.internal.Hashes;
import io.taskauth.internal.Ids;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * What children of this process prove themselves with: made once per process, on the first
 * hand-out, 256 random bits, good for any number of uses until the process ends. It leaves the
 * process in the environment of a child and in no other way: not in a command line, which everybody
 * on the machine can read, and not in a file. Threads may share it.
 */
public final class InternalCredential {
  /** The environment variable that a child finds it in. */
  public static final String VARIABLE = "TASKAUTH_INTERNAL_CREDENTIAL";

  /** What it begins with, so that secret scanners find a leaked one. */
  public static final String PREFIX = "taskauth_internal_";

  private final Ids ids;
  private final ReentrantLock making = new ReentrantLock();
  private volatile @Nullable Made made;

  /** The text for children, and the hash that presented ones are compared with. */
  private record Made(String text, String hash) {}

  @SuppressWarnings("exports") // For taskauth's own modules.
  public InternalCredential(Ids ids) {
    this.ids = ids;
  }

  /**
   * Puts it into a child's environment.
   *
   * @param environment as {@link ProcessBuilder#environment()} gives it
   */
  public void giveTo(Map<String, String> environment) {
    environment.put(VARIABLE, orMade().text());
  }

  private Made orMade() {
    making.lock();
    try {
      Made known = made;
      if (known == null) {
        String text = PREFIX + ids.secret256();
        known = new Made(text, Hashes.sha256Hex(text));
        made = known;
      }
      return known;
    } finally {
      making.unlock();
    }
  }

  /** Whether it is this one; false where none was made. */
  public boolean isOne(String presented) {
    Made known = made;
    return known != null && Hashes.constantTimeEquals(Hashes.sha256Hex(presented), known.hash());
  }

  /** Whether it is meant to be one. */
  public static boolean looksLikeOne(String presented) {
    return presented.startsWith(PREFIX);
  }

  @Override
  public String toString() {
    return "[redacted]";
  }
}
