package io.taskauth.store.jdbi;

import io.taskauth.work.NewWork;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkStatus;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** Which of the work that somebody wants to add there is room for. */
final class WorkToAdd {
  private record Lane(String pool, String name) {}

  private WorkToAdd() {}

  /** In a step that has the lock of all pools in it, so that nobody adds to them meanwhile. */
  static List<NewWork> of(Handle handle, List<NewWork> more, int atMostWaiting) {
    Set<UUID> known = known(handle, more.stream().map(NewWork::id).toList());
    Map<Lane, Long> waiting = new HashMap<>();
    List<NewWork> fitting = new ArrayList<>();
    for (NewWork one : more) {
      long ofIts =
          waiting.computeIfAbsent(new Lane(one.pool(), one.name()), lane -> count(handle, lane));
      if (ofIts < atMostWaiting && known.add(one.id())) {
        waiting.put(new Lane(one.pool(), one.name()), ofIts + 1);
        fitting.add(one);
      }
    }
    return fitting;
  }

  private static Set<UUID> known(Handle handle, List<UUID> ids) {
    return new HashSet<>(
        handle
            .createQuery("SELECT id FROM taskauth_work WHERE id IN (<ids>)")
            .bindList("ids", ids)
            .mapTo(UUID.class)
            .list());
  }

  private static long count(Handle handle, Lane lane) {
    return WorkList.count(
        handle, new WorkFilter(lane.pool(), lane.name(), null, WorkStatus.QUEUED));
  }
}
