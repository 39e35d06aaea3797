/** Telling other programs what happens: subscriptions, signatures, deliveries, the guard. */
@NullMarked
package io.taskauth.webhook;

import org.jspecify.annotations.NullMarked;
