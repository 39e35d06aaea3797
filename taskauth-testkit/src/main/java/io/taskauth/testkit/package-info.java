/** What proves a store, and a clock that tests can turn. */
@NullMarked
package io.taskauth.testkit;

import org.jspecify.annotations.NullMarked;
