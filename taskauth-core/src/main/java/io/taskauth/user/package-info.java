/** Accounts, their names, roles and safeguards. */
@NullMarked
package io.taskauth.user;

import org.jspecify.annotations.NullMarked;
