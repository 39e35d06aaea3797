package io.taskauth.server.webhook;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The list of webhooks. */
public record WebhooksView(List<WebhookRow> rows, Paging paging, @Nullable String notice) {}
