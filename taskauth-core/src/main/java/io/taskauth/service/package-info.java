/** Machines: who vouches for them, and the accounts that they have here. */
@NullMarked
package io.taskauth.service;

import org.jspecify.annotations.NullMarked;
