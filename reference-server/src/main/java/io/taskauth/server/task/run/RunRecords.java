package io.taskauth.server.task.run;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.server.task.TaskCatalog;
import io.taskauth.work.Lane;
import io.taskauth.work.Work;
import io.taskauth.work.WorkItem;
import io.taskauth.work.WorkStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The runs that the store knows, on whatever node they are. Threads may share it. */
public final class RunRecords {
  private final WorkStore store;
  private final TaskCatalog catalog;
  private final RunInput input;

  RunRecords(WorkStore store, TaskCatalog catalog, RunInput input) {
    this.store = store;
    this.catalog = catalog;
    this.input = input;
  }

  public Optional<Run> find(UUID id) {
    return item(id).map(Run::of);
  }

  Optional<WorkItem> item(UUID id) {
    return inPool(id).map(Work::item);
  }

  private Optional<Work> inPool(UUID id) {
    return store.find(id).filter(work -> work.item().pool().equals(TaskRunner.POOL));
  }

  /** A run with what it was asked for with and what came of it. */
  public Optional<RunDetails> details(UUID id) {
    return inPool(id)
        .map(
            work ->
                new RunDetails(
                    Run.of(work.item()),
                    input.shown(catalog.find(work.item().name()).orElse(null), id, work.input()),
                    work.output()));
  }

  /**
   * The newest first.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is none of this list
   */
  public Page<Run> newest(RunFilter filter, PageRequest page) {
    return store.newest(filter.inStore(), page).map(Run::of);
  }

  /** How much waits and runs, on all nodes together, by task. */
  public List<Lane> lanes() {
    return store.lanes(TaskRunner.POOL);
  }
}
