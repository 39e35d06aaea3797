package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Json;
import java.time.Instant;

/**
 * An instant on a page.
 *
 * @param text as people read it
 * @param machine as programs read it
 */
public record Moment(String text, String machine) {
  static Moment of(Instant instant, String text) {
    return new Moment(text, String.valueOf(Json.instant(instant)));
  }
}
