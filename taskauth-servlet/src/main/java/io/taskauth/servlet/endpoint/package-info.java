/**
 * The library's own paths: the HTTP API and the pages. Not for hosts: it changes without notice.
 */
@NullMarked
package io.taskauth.servlet.endpoint;

import org.jspecify.annotations.NullMarked;
