package io.taskauth.service;

import io.taskauth.internal.LogPause;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The providers in the order of registration. The first that knows a token decides; one that is out
 * is remembered while the others are asked, and one that fails never takes the gate down. Threads
 * may share it.
 */
public final class TokenProviders {
  private static final Logger log = LoggerFactory.getLogger(TokenProviders.class);

  /**
   * How many requests may ask one provider at once. Anybody can present made-up tokens, and what is
   * asked over the network takes its time: they must not take every thread of the server with them.
   */
  private static final int AT_ONCE = 32;

  private final List<Asked> providers;

  private record Asked(TokenProvider provider, Semaphore free) {}

  private final LogPause pause = new LogPause();

  /**
   * @param providers those that do not support tokens are left out
   * @throws IllegalStateException where one says that it supports tokens, and does not
   */
  public TokenProviders(List<TokenProvider> providers) {
    List<TokenProvider> supporting =
        providers.stream().filter(TokenProvider::supportsToken).toList();
    supporting.forEach(TokenProviders::requireImplemented);
    this.providers =
        supporting.stream().map(one -> new Asked(one, new Semaphore(AT_ONCE))).toList();
  }

  /**
   * A token that cannot be anybody's is refused by whoever looks at tokens at all. Whoever takes it
   * takes every one.
   */
  private static void requireImplemented(TokenProvider provider) {
    String name = provider.getClass().getName();
    Optional<TokenPrincipal> answer;
    try {
      answer = provider.verifyToken("taskauth-asks-whether-this-is-implemented");
    } catch (UnsupportedOperationException | AbstractMethodError e) {
      throw new IllegalStateException(
          "tokenProvider(…): " + name + " says supportsToken(), but verifyToken() does not work",
          e);
    } catch (ProviderUnavailableException e) {
      log.warn("{} cannot be reached at the moment: {}", name, e.getMessage());
      return;
    } catch (Exception | Error e) {
      log.warn("{} failed when it was asked about a made-up token", name, e);
      return;
    }
    if (answer == null) {
      throw new IllegalStateException(
          "tokenProvider(…): verifyToken() of " + name + " gives null; empty is \"not mine\"");
    }
    if (answer.isPresent()) {
      throw new IllegalStateException(
          "tokenProvider(…): "
              + name
              + " takes a made-up token for '"
              + answer.get().principal()
              + "': it would let anybody in");
    }
  }

  /**
   * Whose token this is; empty where no provider knows it.
   *
   * @throws ProviderUnavailableException where none knows it, and one could not say
   */
  public Optional<TokenPrincipal> verify(String token) {
    ProviderUnavailableException outage = null;
    for (Asked asked : providers) {
      TokenProvider provider = asked.provider();
      try {
        Optional<TokenPrincipal> answer = askInTurn(asked, token);
        if (answer.isPresent()) {
          return answer;
        }
      } catch (ProviderUnavailableException e) {
        log(provider, "is out: " + e.getMessage(), null);
        outage = e;
      } catch (Exception | Error e) {
        // Whatever it is: some languages throw checked exceptions without saying so.
        log(provider, "failed, which counts as \"not mine\"", e);
      }
    }
    if (outage != null) {
      throw outage;
    }
    return Optional.empty();
  }

  private Optional<TokenPrincipal> askInTurn(Asked asked, String token) {
    if (!asked.free().tryAcquire()) {
      throw new ProviderUnavailableException("asked by " + AT_ONCE + " requests already");
    }
    try {
      return ask(asked.provider(), token);
    } finally {
      asked.free().release();
    }
  }

  private Optional<TokenPrincipal> ask(TokenProvider provider, String token) {
    Optional<TokenPrincipal> answer = provider.verifyToken(token);
    if (answer == null) {
      log(provider, "gave null, which counts as \"not mine\"", null);
      return Optional.empty();
    }
    if (answer.isPresent() && answer.get().isOfLibrary() && !(provider instanceof SharedSecrets)) {
      log(provider, "vouched in the library's own name, which is refused", null);
      return Optional.empty();
    }
    return answer;
  }

  private void log(TokenProvider provider, String what, @Nullable Throwable e) {
    if (pause.isOver()) {
      log.error("the token provider {} {}", provider.getClass().getName(), what, e);
    }
  }
}
