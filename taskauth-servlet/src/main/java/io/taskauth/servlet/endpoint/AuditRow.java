package io.taskauth.servlet.endpoint;

/**
 * An event as the page shows it.
 *
 * @param who whose doing it was, empty where nobody knows
 * @param target to whom it was done, empty where that is {@code who} or nobody
 */
public record AuditRow(
    Moment at,
    String event,
    boolean failure,
    String who,
    String target,
    String address,
    String program,
    String details) {}
