package io.taskauth.webhook;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditJson;
import io.taskauth.audit.AuditSink;
import io.taskauth.audit.AuditType;
import io.taskauth.store.AuthStoreException;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what goes on record as {@code auth.*}; what tasks do has events of its own. Made before
 * the {@link Webhooks}, which have something to put on record themselves.
 */
public final class WebhookAuditSink implements AuditSink {
  private static final int TRIES = 4;
  private static final long PAUSE_MILLIS = 500;

  private volatile @Nullable Webhooks webhooks;

  /** Publishes nowhere before {@link #publishTo}. */
  public WebhookAuditSink() {}

  /** From now on events are published there. */
  public void publishTo(Webhooks target) {
    this.webhooks = target;
  }

  /** The types that it publishes. */
  static List<String> types() {
    return Stream.of(AuditType.values())
        .filter(WebhookAuditSink::isPublished)
        .map(WebhookAuditSink::type)
        .toList();
  }

  private static boolean isPublished(AuditType type) {
    return !type.name().startsWith("TASK_");
  }

  private static String type(AuditType type) {
    return "auth." + type.code();
  }

  /** An outage of a moment must not lose it; of a longer one the store's own record has none. */
  @Override
  public void record(AuditEvent event) {
    Webhooks target = webhooks;
    if (target == null || !isPublished(event.type())) {
      return;
    }
    for (int tries = 1; ; tries++) {
      try {
        publish(target, event);
        return;
      } catch (AuthStoreException e) {
        if (tries == TRIES || !pause()) {
          throw e;
        }
      }
    }
  }

  private static void publish(Webhooks target, AuditEvent event) {
    target.publish(
        new WebhookEvent(
            event.id(), type(event.type()), event.at(), null, AuditJson.members(event)));
  }

  private static boolean pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
