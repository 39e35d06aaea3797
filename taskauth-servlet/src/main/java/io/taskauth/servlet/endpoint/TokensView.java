package io.taskauth.servlet.endpoint;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the page shows. */
public record TokensView(List<TokenRow> tokens, Paging paging, @Nullable String notice) {}
