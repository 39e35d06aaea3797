package io.taskauth.servlet.http;

import io.taskauth.user.Role;
import org.jspecify.annotations.Nullable;

/**
 * A page of the host's in the navigation of ours.
 *
 * @param path of this site, as it stands in the link
 * @param role what it takes to be shown the link, or null where everybody is
 */
public record HostLink(String label, String path, @Nullable Role role) {}
