package io.taskauth.servlet.endpoint;

/**
 * A session as the account page shows it.
 *
 * @param device what the browser calls itself, in a few words
 * @param lastSeen as people read it, and {@code lastSeenMachine} as programs do
 */
public record SessionRow(
    String id,
    String device,
    String address,
    String created,
    String lastSeen,
    String lastSeenMachine,
    boolean current) {}
