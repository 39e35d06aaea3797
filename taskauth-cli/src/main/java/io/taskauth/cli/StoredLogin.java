package io.taskauth.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A sign-in that lasts from one command to the next.
 *
 * @param server the only one that the token is for
 * @param session whether the token is a session, which can be ended, or one that the user made
 *     elsewhere and pasted
 * @param caFile what the server's certificate was checked against, if not Java's own list
 */
record StoredLogin(
    ServerAddress server, Secret token, boolean session, String account, @Nullable Path caFile) {}
