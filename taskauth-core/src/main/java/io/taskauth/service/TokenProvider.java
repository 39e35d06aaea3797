package io.taskauth.service;

import java.util.Optional;

/**
 * Says which machine a token belongs to. A host writes one to let the identities of another system
 * in, such as the workload identities of its platform; providers are asked in the order of
 * registration, and the first that knows a token decides. Threads share it.
 *
 * <p>It is asked on the thread of the request, before everything else: what it asks over the
 * network needs limits of its own, a second or two at most. What it throws but {@link
 * ProviderUnavailableException} is logged and counts as "not mine".
 */
@FunctionalInterface
public interface TokenProvider {
  /**
   * Whether this one checks tokens as it is set up now; it is not asked otherwise. Read once, when
   * the {@code TaskAuth} is built.
   */
  default boolean supportsToken() {
    return true;
  }

  /**
   * Whose token this is.
   *
   * <p>When a {@code TaskAuth} is built, each provider is asked once about a made-up token: one
   * that throws {@link UnsupportedOperationException}, or takes it for good, stops the start.
   *
   * @param token as it stood behind {@code Bearer} (RFC 6750, section 2.1): up to 8192 characters;
   *     never one of the library's own
   * @return empty where it is none of this provider's, malformed, expired or revoked
   * @throws ProviderUnavailableException where nobody can say, because what stands behind it is out
   */
  Optional<TokenPrincipal> verifyToken(String token);
}
