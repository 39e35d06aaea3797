package io.taskauth.store.redis;

import io.taskauth.work.Work;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStatus;
import java.util.UUID;

/** A piece of work; the names of its fields are also in work.lua and the scripts that use it. */
final class WorkRow {
  private WorkRow() {}

  static WorkItem item(Fields row) {
    return new WorkItem(
        UUID.fromString(row.required("id")),
        Long.parseLong(row.required("number")),
        row.required("pool"),
        row.required("name"),
        row.required("label"),
        WorkStatus.ofCode(row.required("status")).orElseThrow(),
        row.instant("created"),
        row.instant("due"),
        Integer.parseInt(row.required("attempts")),
        row.text("worker"),
        row.instantOrNull("lease"),
        row.instantOrNull("started"),
        row.instantOrNull("finished"),
        Double.parseDouble(row.required("progress")),
        row.text("cancel") != null,
        Integer.parseInt(row.required("revision")),
        row.text("note"));
  }

  static Work work(Fields row) {
    return new Work(item(row), row.required("input"), row.text("output"));
  }
}
