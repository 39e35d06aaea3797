package io.taskauth.servlet.endpoint;

import java.util.List;

/**
 * What the page shows.
 *
 * @param event the kind that is asked for, empty for all
 * @param user the user who is asked for, empty for all
 */
public record AuditView(
    String event, String user, List<String> kinds, List<AuditRow> events, Paging paging) {}
