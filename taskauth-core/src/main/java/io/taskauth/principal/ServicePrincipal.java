package io.taskauth.principal;

import io.taskauth.access.Scopes;
import io.taskauth.internal.Hashes;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.User;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A machine, by a token that a {@code TokenProvider} knows, or a child of this process. It is no
 * user and has no role. Immutable.
 *
 * <p>What it came with is kept for asking again while its streams are open; nobody outside can read
 * it, so that a host which writes a principal down writes no secret.
 */
public final class ServicePrincipal implements Principal {
  private final TokenPrincipal service;
  private final @Nullable UUID account;
  private final Credential.@Nullable Bearer presented;

  /**
   * @param account the id of its service account here, or null where it has none
   */
  ServicePrincipal(TokenPrincipal service, @Nullable UUID account) {
    this(service, account, null);
  }

  private ServicePrincipal(
      TokenPrincipal service, @Nullable UUID account, Credential.@Nullable Bearer presented) {
    this.service = service;
    this.account = account;
    this.presented = presented;
  }

  /** A child of this process. */
  public static ServicePrincipal childProcess() {
    return new ServicePrincipal(
        new TokenPrincipal("child-process", TokenPrincipal.SERVER_INTERNAL, Set.of()), null, null);
  }

  ServicePrincipal presenting(Credential.Bearer bearer) {
    return new ServicePrincipal(service, account, bearer);
  }

  /** Which machine it is, and who vouches for it. */
  public TokenPrincipal service() {
    return service;
  }

  /** The id of its service account here, or null where it has none. */
  public @Nullable UUID account() {
    return account;
  }

  /** What it came with; empty for a child of this process. */
  Optional<Credential.Bearer> presented() {
    return Optional.ofNullable(presented);
  }

  /** Tells its credential from others', and is of no other use. */
  public String credentialKey() {
    return presented == null ? service.provider() : Hashes.sha256Hex(presented.token());
  }

  /** With a beginning that no user's name has: a machine that calls itself "ada" is not Ada. */
  @Override
  public String name() {
    return "service:" + service.principal();
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

  @Override
  public String toString() {
    return "ServicePrincipal[" + service + "]";
  }
}
