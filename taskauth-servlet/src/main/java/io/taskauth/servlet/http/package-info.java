/** Reading requests and writing replies. Not for hosts: it changes without notice. */
@NullMarked
package io.taskauth.servlet.http;

import org.jspecify.annotations.NullMarked;
