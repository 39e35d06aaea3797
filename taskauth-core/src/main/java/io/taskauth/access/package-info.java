/** What a principal may do: rules by path, CSRF tokens, safe redirects. */
@NullMarked
package io.taskauth.access;

import org.jspecify.annotations.NullMarked;
