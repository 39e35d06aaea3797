package io.taskauth.store.redis;

import io.taskauth.internal.Hashes;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.Identity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/**
 * Which sessions somebody at an identity provider has, and those of one session of the provider's,
 * so that they are found without looking through all. An entry is written before its session and
 * stays until the session's end even if that came early: whoever finds it looks at the session.
 */
final class ProviderIndex {
  private static final String KIND = "through";

  /** Redis does nothing else while it lists or removes them. */
  private static final int AT_ONCE = 500;

  /** How often one place is swept at a time. */
  private static final int MAX_ROUNDS = 20;

  private final Redis redis;
  private final Keys keys;

  ProviderIndex(Redis redis, Keys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** A session that was about to be opened. */
  record Entry(UUID owner, SessionId session) {
    static Entry parse(String text) {
      int blank = text.indexOf(' ');
      return new Entry(
          UUID.fromString(text.substring(0, blank)), new SessionId(text.substring(blank + 1)));
    }

    String text() {
      return owner + " " + session.value();
    }
  }

  /** Nothing to do for a session that no provider vouches for. */
  void note(Session session) {
    ProviderSession through = session.through();
    if (through == null) {
      return;
    }
    Identity identity = through.identity();
    String sid = through.sid();
    List<Step> steps = new ArrayList<>();
    steps.add(note(ofSubject(identity.slot(), identity.subject()), session));
    if (sid != null) {
      steps.add(note(ofSid(identity.slot(), sid), session));
    }
    List<@Nullable Object> unused = redis.runAll("note who vouched for a session", steps);
  }

  private Step note(String name, Session session) {
    return Step.of(
        Script.NOTE_THROUGH,
        keys.bucketOf(KIND, name),
        name,
        new Entry(session.userId(), session.id()).text(),
        Fields.millis(session.expiresAt()));
  }

  /**
   * Sessions that a logout may be about, so many at a time.
   *
   * @param after the last one of those before, or null
   */
  List<Entry> page(ProviderLogout logout, @Nullable Entry after) {
    String name = name(logout);
    Step step =
        Step.of(
            Protocol.Command.ZRANGEBYLEX,
            keys.bucketOf(KIND, name) + ":sessions:" + name,
            after == null ? "-" : "(" + after.text(),
            "+",
            "LIMIT",
            "0",
            String.valueOf(AT_ONCE));
    return Replies.texts(redis.run("find the sessions of a provider", step)).stream()
        .map(Entry::parse)
        .toList();
  }

  /** By the subject where there is one: a session that may be meant need not have a sid. */
  private static String name(ProviderLogout logout) {
    String subject = logout.subject();
    return subject != null
        ? ofSubject(logout.slot(), subject)
        : ofSid(logout.slot(), Objects.requireNonNull(logout.sid()));
  }

  /** No slot has a colon, so no two are called the same. */
  private static String ofSubject(String slot, String subject) {
    return Hashes.sha256Hex("subject:" + slot + ":" + subject);
  }

  private static String ofSid(String slot, String sid) {
    return Hashes.sha256Hex("sid:" + slot + ":" + sid);
  }

  /** Forgets sessions whose end is past. */
  void sweep(Instant now) {
    List<String> places =
        IntStream.range(0, Keys.BUCKETS).mapToObj(i -> keys.bucket(KIND, i)).toList();
    for (int round = 0; round < MAX_ROUNDS && !places.isEmpty(); round++) {
      places = sweep(places, now);
    }
  }

  /** The answer is which places have more of it. */
  private List<String> sweep(List<String> places, Instant now) {
    List<Step> steps =
        places.stream()
            .map(
                place ->
                    Step.of(
                        Script.SWEEP_THROUGH, place, Fields.millis(now), String.valueOf(AT_ONCE)))
            .toList();
    List<@Nullable Object> answers = redis.runAll("forget who vouched for sessions", steps);
    List<String> more = new ArrayList<>();
    for (int i = 0; i < places.size(); i++) {
      if (Replies.number(answers.get(i)) == AT_ONCE) {
        more.add(places.get(i));
      }
    }
    return more;
  }
}
