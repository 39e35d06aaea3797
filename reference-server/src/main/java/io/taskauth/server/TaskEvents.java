package io.taskauth.server;

import io.taskauth.internal.Ids;
import io.taskauth.server.task.run.Run;
import io.taskauth.server.task.run.RunEvent;
import io.taskauth.server.task.run.RunEvent.Kind;
import io.taskauth.server.task.run.RunJson;
import io.taskauth.store.AuthStoreException;
import io.taskauth.webhook.WebhookEvent;
import io.taskauth.webhook.Webhooks;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Publishes what this node does with runs to whoever subscribed to it. */
final class TaskEvents implements Consumer<RunEvent> {
  private static final Logger log = LoggerFactory.getLogger(TaskEvents.class);

  private final Webhooks webhooks;
  private final InstantSource clock;

  TaskEvents(Webhooks webhooks, InstantSource clock) {
    this.webhooks = webhooks;
    this.clock = clock;
  }

  /** The types of these events. */
  static String[] types() {
    return Stream.of(Kind.values()).map(Kind::code).toArray(String[]::new);
  }

  @Override
  public void accept(RunEvent event) {
    Run run = event.run();
    Instant now = clock.instant();
    try {
      webhooks.publish(
          new WebhookEvent(
              // The same for whoever says it once more of this attempt.
              Ids.uuidOf(event.kind().code() + ' ' + run.id() + ' ' + run.attempts()),
              event.kind().code(),
              now,
              run.task(),
              RunJson.of(run)));
    } catch (AuthStoreException e) {
      log.warn("an event of a run could not be published: {}", e.toString());
    }
  }
}
