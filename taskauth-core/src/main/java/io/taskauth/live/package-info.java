/** Connections that outlive the request which opened them: what opens them, and what ends them. */
@NullMarked
package io.taskauth.live;

import org.jspecify.annotations.NullMarked;
