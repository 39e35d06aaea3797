/** Letters to users: what one is, who sends it, and sending over SMTP. */
@NullMarked
package io.taskauth.mail;

import org.jspecify.annotations.NullMarked;
