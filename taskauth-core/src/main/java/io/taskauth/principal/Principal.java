package io.taskauth.principal;

import io.taskauth.session.Session;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.User;
import java.util.Optional;

/** Who makes this request. Immutable. */
public sealed interface Principal {
  /** A user, by a session. */
  record SessionUser(User account, Session session) implements Principal {
    @Override
    public String name() {
      return account.username().value();
    }

    @Override
    public Optional<User> user() {
      return Optional.of(account);
    }

    @Override
    public boolean has(Role required, Roles roles) {
      return roles.satisfies(account.role(), required);
    }
  }

  /** The process itself: also everybody, where authentication is turned off. */
  record ProcessItself() implements Principal {
    @Override
    public String name() {
      return "process";
    }

    @Override
    public Optional<User> user() {
      return Optional.empty();
    }

    @Override
    public boolean has(Role required, Roles roles) {
      return true;
    }
  }

  /** A name for {@code getRemoteUser()} and for logs. */
  String name();

  /** The user, where it is one. */
  Optional<User> user();

  /** Whether it may do what {@code required} or a lower role may do. */
  boolean has(Role required, Roles roles);
}
