package io.taskauth.provider;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.UserStore;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether an administrator can sign in at all where nobody does with a password. */
final class WayIn {
  private static final int AT_ONCE = 100;

  /** Looked through at a start; beyond that nobody is warned. */
  private static final int MAX_PAGES = 20;

  private WayIn() {}

  static boolean isThere(
      Set<String> slots, UserStore users, IdentityStore identities, Role administrator) {
    @Nullable String cursor = null;
    for (int i = 0; i < MAX_PAGES; i++) {
      Page<User> page = users.newest(new PageRequest(AT_ONCE, cursor));
      for (User user : page.items()) {
        boolean is = user.active() && user.role().equals(administrator);
        if (is
            && identities.ofUser(user.id()).stream()
                .anyMatch(linked -> slots.contains(linked.identity().slot()))) {
          return true;
        }
      }
      cursor = page.nextCursor();
      if (cursor == null) {
        return false;
      }
    }
    return true;
  }
}
