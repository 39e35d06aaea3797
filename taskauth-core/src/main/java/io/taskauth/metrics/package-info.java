/** What this node does, in numbers: for dashboards and alarms. */
@NullMarked
package io.taskauth.metrics;

import org.jspecify.annotations.NullMarked;
