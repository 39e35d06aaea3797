/** Signing in with an identity provider: what one must be able to do, and what we make of it. */
@NullMarked
package io.taskauth.provider;

import org.jspecify.annotations.NullMarked;
