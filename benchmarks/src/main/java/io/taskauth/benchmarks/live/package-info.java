/** Streams and sockets: how much room they take, and how fast they end. */
@NullMarked
package io.taskauth.benchmarks.live;

import org.jspecify.annotations.NullMarked;
