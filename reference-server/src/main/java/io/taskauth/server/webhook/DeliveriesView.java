package io.taskauth.server.webhook;

import java.util.List;

/**
 * The deliveries of one webhook.
 *
 * @param webhook its page
 * @param url perhaps cut
 * @param status the one asked for, or nothing
 * @param event likewise
 * @param total how many there are
 * @param matching how many of those were asked for
 */
public record DeliveriesView(
    String webhook,
    String url,
    String status,
    String event,
    List<String> statuses,
    List<String> events,
    List<DeliveryRow> rows,
    long total,
    long matching,
    Paging paging) {}
