package io.taskauth.principal;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.session.Session;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.User;
import java.util.Optional;

/** Who makes this request. Immutable. */
public sealed interface Principal
    permits Principal.UserPrincipal, ServicePrincipal, Principal.ProcessItself {
  /** A user, by a session or by a token. */
  sealed interface UserPrincipal extends Principal {
    User account();

    @Override
    default String name() {
      return account().username().value();
    }

    @Override
    default Optional<User> user() {
      return Optional.of(account());
    }

    @Override
    default boolean has(Role required, Roles roles) {
      return roles.satisfies(account().role(), required);
    }
  }

  /**
   * A user, by a session.
   *
   * @param session without the address and user agent that it was opened from
   */
  record SessionUser(User account, Session session) implements UserPrincipal {
    @Override
    public Scopes scopes() {
      return Scopes.unlimited();
    }
  }

  /** A user, by a personal access token. */
  record TokenUser(User account, AccessToken token) implements UserPrincipal {
    @Override
    public Scopes scopes() {
      return token.scopes();
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

    @Override
    public Scopes scopes() {
      return Scopes.unlimited();
    }
  }

  /** A name for {@code getRemoteUser()} and for logs. */
  String name();

  /** The user, where it is one. */
  Optional<User> user();

  /** Whether it may do what {@code required} or a lower role may do. */
  boolean has(Role required, Roles roles);

  /** What its credential may be used for, besides. */
  Scopes scopes();
}
