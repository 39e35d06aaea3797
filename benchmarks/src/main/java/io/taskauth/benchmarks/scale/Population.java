package io.taskauth.benchmarks.scale;

import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.NewUser;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;

/** Who is in a filled store, by number: session n is of user n modulo the number of users. */
public record Population(int users, int sessions) {
  public static final String BROWSER =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML) Chrome/141.0.0.0"
          + " Safari/537.36 Edg/141.10";
  public static final String IP = "192.0.2.217";

  /** When everybody signed in, and long before anybody must again. */
  public static final Instant BEGIN = Instant.parse("2026-03-01T10:15:30Z");

  public static final Instant END = Instant.parse("2100-01-01T00:00:00Z");

  static final Instant PAST = Instant.parse("2020-01-01T00:00:00Z");

  private static final AtomicInteger FRESH = new AtomicInteger();

  public static UUID user(int number) {
    return new UUID(0x0180_0000_0000_7000L + ((long) number << 16), lowBits(number));
  }

  private static long lowBits(int number) {
    return (scrambled(number) & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
  }

  public UUID userOf(int session) {
    return user(session % users);
  }

  public static SessionId session(int number) {
    return new SessionId(String.format("%016x%016x", scrambled(number), scrambled(~number)));
  }

  /** In no order, as random ones are: the finalizer of SplitMix64. */
  private static long scrambled(int number) {
    long z = number * 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  static String name(int number) {
    StringBuilder letters = new StringBuilder();
    for (int rest = number, i = 0; i < 8; i++, rest /= 26) {
      letters.append((char) ('a' + rest % 26));
    }
    return letters.toString();
  }

  NewUser newUser(int number) {
    String name = name(number);
    User user =
        User.created(user(number), new Username(name), new Role("viewer"), Origin.PASSWORD, BEGIN);
    return new NewUser(user.withEmail(new EmailAddress(name + "@example.org")), null);
  }

  Session newSession(int number, Instant end) {
    return new Session(session(number), userOf(number), BEGIN, BEGIN, end, IP, BROWSER);
  }

  /** Of this user, with an id that no other has. */
  Session anotherSession(int user, Instant end) {
    SessionId id = session(-FRESH.incrementAndGet());
    return new Session(id, user(user), BEGIN, BEGIN, end, IP, BROWSER);
  }
}
