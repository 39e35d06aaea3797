/** Webhooks for administrators: the JSON API and the pages. */
@NullMarked
package io.taskauth.server.webhook;

import org.jspecify.annotations.NullMarked;
