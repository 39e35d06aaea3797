/** From a name and a password to a session: backends, throttling, first administrator. */
@NullMarked
package io.taskauth.login;

import org.jspecify.annotations.NullMarked;
