package io.taskauth.audit;

import io.taskauth.internal.Text;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Something about accounts or access that may matter later. Immutable. Texts are cut and freed of
 * control characters, so that no name can forge a line of a log; details under a name that secrets
 * go by are left out, so that no mistake of a caller's puts one on record.
 *
 * @param id a UUID of version 7
 * @param at when, to the millisecond
 * @param type what happened
 * @param outcome whether it worked
 * @param userId who did it, or whose account was tried; null where none is known
 * @param username the name as it is or as it was typed, or null
 * @param ip the client's address, or null
 * @param userAgent what the client calls itself, or null
 * @param target the id of the account, session or token that it was done to, or null where that is
 *     {@code userId} or nothing
 * @param details what else is worth knowing; never a secret
 */
public record AuditEvent(
    UUID id,
    Instant at,
    AuditType type,
    Outcome outcome,
    @Nullable UUID userId,
    @Nullable String username,
    @Nullable String ip,
    @Nullable String userAgent,
    @Nullable String target,
    Map<String, String> details) {

  /** The detail that names the account that something was done to, or whose thing it was. */
  public static final String TARGET_USERNAME = "target_username";

  /** Whether it worked. */
  public enum Outcome {
    SUCCESS,
    FAILURE
  }

  public AuditEvent {
    username = Text.tame(username, 254);
    ip = Text.tame(ip, 64);
    userAgent = Text.tame(userAgent, 256);
    target = Text.tame(target, 64);
    details =
        details.entrySet().stream()
            .filter(detail -> !SecretNames.isOne(detail.getKey()))
            .collect(
                Collectors.toUnmodifiableMap(
                    Map.Entry::getKey, e -> String.valueOf(Text.tame(e.getValue(), 256))));
  }
}
