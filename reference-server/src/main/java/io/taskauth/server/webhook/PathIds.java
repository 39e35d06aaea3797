package io.taskauth.server.webhook;

import io.taskauth.server.web.Refusal;
import io.taskauth.webhook.Webhook;
import io.taskauth.webhook.Webhooks;
import java.util.UUID;

/** Ids as they stand in paths. */
final class PathIds {
  private PathIds() {}

  /**
   * @throws Refusal with 404 where it is none
   */
  static UUID id(String text) {
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw Refusal.notFound();
    }
  }

  /**
   * @throws Refusal with 404 where there is none of that id
   */
  static Webhook webhook(Webhooks webhooks, String text) {
    return webhooks.find(id(text)).orElseThrow(Refusal::notFound);
  }
}
