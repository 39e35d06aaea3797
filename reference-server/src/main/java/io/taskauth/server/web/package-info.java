/** What the server's own servlets share: JSON, errors, headers, the segments of a path. */
@NullMarked
package io.taskauth.server.web;

import org.jspecify.annotations.NullMarked;
