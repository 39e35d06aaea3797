/** Personal access tokens: what scripts sign in with. */
@NullMarked
package io.taskauth.accesstoken;

import org.jspecify.annotations.NullMarked;
