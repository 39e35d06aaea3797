/** The dashboard page, its script and its style sheet. */
@NullMarked
package io.taskauth.server.dashboard;

import org.jspecify.annotations.NullMarked;
