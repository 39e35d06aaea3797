/** What keeps the server's own house: sweeping, the audit log, the keys of identity providers. */
@NullMarked
package io.taskauth.server.upkeep;

import org.jspecify.annotations.NullMarked;
