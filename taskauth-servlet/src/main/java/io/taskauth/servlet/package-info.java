/** The servlet filter, its options, and who is signed in. */
@NullMarked
package io.taskauth.servlet;

import org.jspecify.annotations.NullMarked;
