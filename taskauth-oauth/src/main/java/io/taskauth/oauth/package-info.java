/** Identity providers that speak OAuth 2.0 and OpenID Connect. */
@NullMarked
package io.taskauth.oauth;

import org.jspecify.annotations.NullMarked;
