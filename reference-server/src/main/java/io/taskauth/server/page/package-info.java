/** What the server's own pages share: the layout, the navigation, forms, scripts and styles. */
@NullMarked
package io.taskauth.server.page;

import org.jspecify.annotations.NullMarked;
