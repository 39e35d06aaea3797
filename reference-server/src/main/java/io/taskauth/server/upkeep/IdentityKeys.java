package io.taskauth.server.upkeep;

import io.taskauth.provider.IdentityProvider;
import io.taskauth.server.task.Progress;
import io.taskauth.service.ProviderUnavailableException;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks identity providers for their metadata and keys anew, so that a new key or an outage is seen
 * before somebody signs in. Each node keeps its own copy, so a run is for the node that it runs on.
 */
public final class IdentityKeys extends UpkeepTask {
  private static final Logger log = LoggerFactory.getLogger(IdentityKeys.class);

  private final List<IdentityProvider> providers;

  public IdentityKeys(List<IdentityProvider> providers) {
    super(
        "identity-keys",
        "Asks identity providers for their metadata and keys anew, for the node that it runs on.",
        Duration.ofMinutes(30));
    this.providers = List.copyOf(providers);
  }

  @Override
  String work(Progress progress) {
    StringBuilder lines = new StringBuilder("Asked by this node, and kept by it alone:\n");
    for (int i = 0; i < providers.size(); i++) {
      progress.at((double) i / providers.size());
      IdentityProvider provider = providers.get(i);
      lines.append(provider.slot()).append(": ").append(refreshed(provider)).append('\n');
    }
    return lines.toString();
  }

  /** One that is out does not keep the others from being asked. */
  private static String refreshed(IdentityProvider provider) {
    try {
      return provider.refresh() ? "metadata and keys are fresh" : "nothing is kept of it";
    } catch (ProviderUnavailableException e) {
      // The message may name hosts; it is in the log, for those who may read that.
      log.warn("the identity provider '{}' does not answer as it should", provider.slot(), e);
      return "OUT; what was known stays in use for a while, and the server's log says why";
    } catch (RuntimeException e) {
      log.warn("the identity provider '{}' could not be asked", provider.slot(), e);
      return "FAILED; the server's log says why";
    }
  }
}
