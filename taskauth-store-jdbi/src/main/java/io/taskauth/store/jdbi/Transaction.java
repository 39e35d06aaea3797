package io.taskauth.store.jdbi;

import io.taskauth.store.Change;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** One atomic step under way. For one thread. */
public final class Transaction {
  private final Handle handle;
  private final List<Change> changes = new ArrayList<>();

  public Transaction(Handle handle) {
    this.handle = handle;
  }

  public Handle handle() {
    return handle;
  }

  void changed(Change change) {
    changes.add(change);
  }

  /** What the feed has to say once this step is durable. */
  public List<Change> changes() {
    return List.copyOf(changes);
  }
}
