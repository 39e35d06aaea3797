/** Who is making this request, and how that is known. */
@NullMarked
package io.taskauth.principal;

import org.jspecify.annotations.NullMarked;
