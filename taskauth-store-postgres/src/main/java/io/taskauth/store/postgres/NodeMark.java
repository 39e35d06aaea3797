package io.taskauth.store.postgres;

import io.taskauth.store.Change;
import io.taskauth.store.ChangeText;
import java.util.Optional;
import java.util.UUID;

/**
 * Marks what this node sends, so that it is not told again what its own listeners have heard before
 * the change was answered. Threads may share it.
 */
final class NodeMark {
  private volatile String name = UUID.randomUUID().toString();

  String name() {
    return name;
  }

  String mark(Change change) {
    return name + ' ' + ChangeText.of(change);
  }

  /** The change, unless this node has sent it. */
  Optional<Change> foreign(String payload) {
    int end = payload.indexOf(' ');
    if (end < 0) {
      return Optional.of(new Change.Missed());
    }
    return payload.substring(0, end).equals(name)
        ? Optional.empty()
        : Optional.of(ChangeText.parse(payload.substring(end + 1)));
  }

  /** From now on what was sent before is taken for somebody else's. */
  void renew() {
    name = UUID.randomUUID().toString();
  }
}
