package io.taskauth.audit;

import io.taskauth.internal.Text;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something about accounts or access that may matter later. Immutable. Texts are cut and freed of
 * control characters, so that no name can forge a line of a log.
 *
 * @param at when
 * @param type what happened
 * @param outcome whether it worked
 * @param userId whose account, or null where none is known
 * @param username the name as it is or as it was typed, or null
 * @param ip the client's address, or null
 * @param userAgent what the client calls itself, or null
 * @param details what else is worth knowing; never a secret
 */
public record AuditEvent(
    Instant at,
    AuditType type,
    Outcome outcome,
    @Nullable UUID userId,
    @Nullable String username,
    @Nullable String ip,
    @Nullable String userAgent,
    Map<String, String> details) {

  /** Whether it worked. */
  public enum Outcome {
    SUCCESS,
    FAILURE
  }

  public AuditEvent {
    username = Text.tame(username, 254);
    ip = Text.tame(ip, 64);
    userAgent = Text.tame(userAgent, 256);
    details =
        details.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> String.valueOf(Text.tame(e.getValue(), 256))));
  }
}
