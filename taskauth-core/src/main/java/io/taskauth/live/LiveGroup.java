package io.taskauth.live;

import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.principal.Principal.TokenUser;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.principal.Standing;
import io.taskauth.store.Change;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The connections that were opened with one credential, and what is known of it. */
final class LiveGroup {
  private final Object credential;
  private final Set<Live> connections = ConcurrentHashMap.newKeySet();

  /** How often something was heard that may be the end of it. */
  private final AtomicLong heard = new AtomicLong(1);

  private final AtomicBoolean asking = new AtomicBoolean();

  private volatile Answer last;

  /** Since when it is not known whether they may go on; 0 while it is. By {@code nanoTime}. */
  private volatile long doubtSince;

  /** One connection, and who opened it. */
  static final class Live {
    private final Principal openedBy;
    private final LiveConnection connection;
    private final AtomicBoolean over = new AtomicBoolean();

    Live(Principal openedBy, LiveConnection connection) {
      this.openedBy = openedBy;
      this.connection = connection;
    }

    /** Once, and not where it came to its end by itself. */
    void end(EndReason reason) {
      if (over.compareAndSet(false, true)) {
        connection.end(reason);
      }
    }

    /** It came to its end by itself. */
    void forget() {
      over.set(true);
    }
  }

  /**
   * What was said when it was last asked.
   *
   * @param heard how much had been heard before
   * @param at by {@code nanoTime}, before it was asked
   * @param goodUntil when it has to be asked again in any case; null for never
   */
  record Answer(Principal who, long heard, long at, @Nullable Instant goodUntil) {}

  LiveGroup(Principal who, long nanoTime) {
    this.credential = credential(who);
    // As if nothing had been asked: what ended between the request and this is noticed at once.
    this.last = new Answer(who, 0, nanoTime, null);
  }

  static Object credential(Principal who) {
    if (who instanceof SessionUser user) {
      return user.session().id();
    }
    if (who instanceof TokenUser user) {
      return user.token().id();
    }
    return who instanceof ServicePrincipal service ? service.credentialKey() : who;
  }

  Object credential() {
    return credential;
  }

  void add(Live live) {
    connections.add(live);
    hear();
  }

  void remove(Live live) {
    connections.remove(live);
  }

  boolean isEmpty() {
    return connections.isEmpty();
  }

  List<Live> connections() {
    return List.copyOf(connections);
  }

  /** Those that were let in as somebody who may do other things than this one. */
  List<Live> openedByOthersThan(Principal now) {
    return connections.stream().filter(live -> !Standing.isSame(live.openedBy, now)).toList();
  }

  Principal who() {
    return last.who();
  }

  boolean isAbout(Change change) {
    if (change instanceof Change.OfUser of) {
      return who().user().filter(user -> user.id().equals(of.userId())).isPresent();
    }
    if (change instanceof Change.OfSession of) {
      return credential.equals(of.sessionId());
    }
    if (change instanceof Change.OfToken of) {
      return credential.equals(of.tokenId());
    }
    if (change instanceof Change.OfService of) {
      UUID account = who() instanceof ServicePrincipal service ? service.account() : null;
      return of.accountId().equals(account);
    }
    return change instanceof Change.Missed;
  }

  void hear() {
    heard.incrementAndGet();
  }

  long heard() {
    return heard.get();
  }

  /** Whether it has to be asked, because something was heard or its time has come. */
  boolean isDue(Instant now) {
    Answer answer = last;
    Instant until = answer.goodUntil();
    return answer.heard() != heard.get() || (until != null && !until.isAfter(now));
  }

  long answeredAt() {
    return last.at();
  }

  /** What was heard since then begins a doubt of its own. */
  void answered(Answer answer) {
    last = answer;
    trust();
  }

  /** Something is to be asked that was not yet, or not answered. */
  void doubt(long nanoTime) {
    if (doubtSince == 0) {
      doubtSince = nanoTime == 0 ? 1 : nanoTime;
    }
  }

  void trust() {
    doubtSince = 0;
  }

  /** For how long it has not been known whether they may go on. */
  long doubtFor(long nanoTime) {
    long since = doubtSince;
    return since == 0 ? 0 : nanoTime - since;
  }

  /** True for one caller until {@link #asked}. */
  boolean beginAsking() {
    return asking.compareAndSet(false, true);
  }

  void asked() {
    asking.set(false);
  }
}
