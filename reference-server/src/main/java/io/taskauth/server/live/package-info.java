/** What happens, told as it happens: to pages over a stream, to programs over a socket. */
@NullMarked
package io.taskauth.server.live;

import org.jspecify.annotations.NullMarked;
