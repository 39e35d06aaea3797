package io.taskauth.store.redis;

import io.taskauth.store.Change;
import io.taskauth.store.ChangeText;
import io.taskauth.store.LeasedFeed;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What is told about changes. A script publishes its change in the same step that makes it, under
 * an origin that the caller chose: the caller tells its own listeners before it answers, and does
 * not tell them again when the message comes round. A caller that does not know what became of its
 * change has not told anybody, and the message does.
 */
final class Changes {
  /** How many of its own changes a node knows again. More than that at once are told twice. */
  private static final int REMEMBERED = 4096;

  private final LeasedFeed feed;
  private final String instance;
  private final AtomicLong count = new AtomicLong();
  private final Set<String> told = new LinkedHashSet<>();

  Changes(LeasedFeed feed) {
    this.feed = feed;
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    this.instance = HexFormat.of().formatHex(random);
  }

  /** A name for what somebody is about to change. */
  String origin() {
    return instance + "-" + count.incrementAndGet();
  }

  /** Tells the listeners of this node what it has changed itself. */
  void made(String origin, List<? extends Change> changes) {
    remember(origin);
    changes.forEach(feed::publish);
  }

  void made(String origin, Change change) {
    made(origin, List.of(change));
  }

  private synchronized void remember(String origin) {
    if (told.size() >= REMEMBERED) {
      Iterator<String> oldest = told.iterator();
      oldest.next();
      oldest.remove();
    }
    told.add(origin);
  }

  /**
   * Tells the listeners what came over the connection. In one piece with looking whether it is
   * known, so that nothing is told once more after the verb that made it has come back.
   */
  synchronized void heard(String message) {
    int end = message.indexOf(' ');
    if (end < 0 || !told.contains(message.substring(0, end))) {
      feed.publish(ChangeText.parse(message.substring(end + 1)));
    }
  }
}
