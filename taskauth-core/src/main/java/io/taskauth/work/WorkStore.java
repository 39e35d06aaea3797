package io.taskauth.work;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Work that waits to be done, is being done, and was done, for all nodes of a store. Who takes a
 * piece has it for the time of a lease and says so again while it takes longer; a node that is
 * killed loses it to another one when the lease ends. Whatever was added is done at least once, and
 * by one at a time.
 *
 * <p>Each method is one atomic step; it throws {@link io.taskauth.store.AuthStoreException} where
 * the store cannot be reached. What changes is told as {@link io.taskauth.store.Change.OfWork}.
 * Implementations are shared by threads.
 */
public interface WorkStore {
  /** What came of saying that one is still at it. */
  enum Hold {
    HELD,
    /** Still theirs, and somebody has asked for its end. */
    CANCEL_REQUESTED,
    /** No longer theirs: the lease has ended and somebody else has it, or it is gone. */
    LOST
  }

  /**
   * Adds work, in the order of the list. What has an id that is known is not added again, and
   * neither is what would be one more than {@code atMostWaiting} that wait under its name: so
   * nobody fills the store.
   *
   * @return the ids of those that were added
   */
  Set<UUID> add(List<NewWork> more, int atMostWaiting);

  /**
   * Takes the piece of that name that has been due for longest, or an abandoned one, unless as many
   * run as may. Runs whose lease has ended do not count for the limits. Of many who claim the same
   * one gets it, and no limit is passed however many claim at once.
   *
   * @return the work, running, with one attempt more; empty where there is none to be had
   */
  Optional<Work> claim(Claim claim);

  /**
   * Says that an attempt goes on, and how far it is. A progress below 0 leaves it as it was.
   *
   * @param attempt {@link WorkItem#attempts} as the claim gave it
   */
  Hold hold(UUID id, String worker, int attempt, Instant until, double progress);

  /**
   * Ends an attempt, if it is still theirs. One that is to be tried again although somebody has
   * asked for its end is cancelled. What succeeded has the progress 1, what waits again 0.
   *
   * @return false, and nothing changed, where it is no longer theirs
   */
  boolean settle(UUID id, String worker, int attempt, Settlement settlement);

  /**
   * Asks for an end: what waits is cancelled, what runs is asked to end, what is finished stays as
   * it is.
   *
   * @return the work as it is now; empty where there is none of that id
   */
  Optional<WorkItem> cancel(UUID id, Instant now);

  Optional<Work> find(UUID id);

  /**
   * What matches, newest (by {@link WorkItem#number}) first.
   *
   * @throws io.taskauth.page.BadCursorException where the cursor is none of this list
   */
  Page<WorkItem> newest(WorkFilter filter, PageRequest page);

  /** How many match. */
  long count(WorkFilter filter);

  /** The names of a pool that have something waiting or running, in the order of their letters. */
  List<Lane> lanes(String pool);

  /**
   * Removes what is finished, but for the {@code keep} newest finished ones of each name.
   *
   * @param limit how many are removed at most
   * @return how many were removed
   */
  int trim(String pool, int keep, int limit);

  /**
   * Removes everything of a name, whatever its status.
   *
   * @return how many were removed
   */
  int remove(String pool, String name);
}
