package io.taskauth.store;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditStore;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

final class InMemoryAudit implements AuditStore {
  private final TreeMap<Long, AuditEvent> events = new TreeMap<>();
  private final Set<UUID> known = new HashSet<>();
  private long nextNumber = 1;

  @Override
  public synchronized void append(List<AuditEvent> more) {
    for (AuditEvent event : more) {
      if (known.add(event.id())) {
        events.put(nextNumber++, event);
      }
    }
  }

  @Override
  public synchronized Page<AuditEvent> newest(AuditFilter filter, PageRequest page) {
    return Pages.of(
        events.headMap(page.before(), false).descendingMap().entrySet().stream()
            .filter(entry -> filter.matches(entry.getValue())),
        page.limit(),
        Map.Entry::getValue,
        entry -> entry.getKey().toString());
  }

  @Override
  public synchronized int trim(int keep) {
    int tooMany = Math.max(0, events.size() - keep);
    for (int i = 0; i < tooMany; i++) {
      known.remove(events.pollFirstEntry().getValue().id());
    }
    return tooMany;
  }
}
