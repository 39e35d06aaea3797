package io.taskauth.principal;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.session.Session;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.User;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Who makes this request. Immutable. */
public sealed interface Principal {
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

  /**
   * A machine, by a token that a {@code TokenProvider} knows, or a child of this process. It is no
   * user and has no role.
   *
   * @param presented what it came with, for asking again while its streams are open
   * @param account the id of its service account here, or null where it has none
   */
  record ServicePrincipal(
      TokenPrincipal service, Credential.Bearer presented, @Nullable UUID account)
      implements Principal {
    @Override
    public String name() {
      return service.principal();
    }

    @Override
    public Optional<User> user() {
      return Optional.empty();
    }

    @Override
    public boolean has(Role required, Roles roles) {
      return false;
    }

    @Override
    public Scopes scopes() {
      return Scopes.exactly(service.scopes());
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
