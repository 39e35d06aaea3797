/** Single-use secrets: kept as hashes, taken once. */
@NullMarked
package io.taskauth.ticket;

import org.jspecify.annotations.NullMarked;
