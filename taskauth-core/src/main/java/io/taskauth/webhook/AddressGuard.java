package io.taskauth.webhook;

import io.taskauth.internal.IpAddress;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;

/**
 * Keeps webhooks out of networks that whoever sets their URL cannot reach (server-side request
 * forgery). Threads share it.
 */
final class AddressGuard {
  private final boolean allowPrivate;
  private final LookUps lookUps;

  /**
   * @param allowPrivate whether loopback and private networks may be connected to; the metadata
   *     services of clouds may not even then
   */
  AddressGuard(boolean allowPrivate, LookUps lookUps) {
    this.allowPrivate = allowPrivate;
    this.lookUps = lookUps;
  }

  /**
   * The addresses to connect to, and no others. The name is looked up once: a second answer may be
   * another one, which is how DNS rebinding gets past a check.
   *
   * @throws UnknownHostException where the name has no address, or not in time
   */
  List<InetAddress> addresses(WebhookTarget target, Duration within)
      throws AddressRefusedException, UnknownHostException {
    List<InetAddress> answer =
        target.literal().isPresent()
            ? List.of(target.literal().get().toInetAddress())
            : lookUps.resolve(target.host(), within);
    // One bad address refuses them all. A name that is both public and private is a trap or a
    // mistake, and with the bad one left out the owner of the name would learn nothing of it.
    for (InetAddress address : answer) {
      demand(AddressReach.of(IpAddress.of(address)));
    }
    return answer;
  }

  private void demand(AddressReach reach) throws AddressRefusedException {
    if (reach == AddressReach.NEVER) {
      throw new AddressRefusedException(
          "The host leads to an address that webhooks are never sent to.");
    }
    if (reach == AddressReach.PRIVATE && !allowPrivate) {
      throw new AddressRefusedException("The host leads to a private address.");
    }
  }
}
