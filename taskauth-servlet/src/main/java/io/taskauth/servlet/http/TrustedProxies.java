package io.taskauth.servlet.http;

import io.taskauth.internal.IpAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The proxies whose forwarded headers count. Each entry is an address ({@code 10.0.0.7}) or a
 * network ({@code 10.0.0.0/8}, {@code fd00::/8}). Immutable.
 */
public final class TrustedProxies {
  private record Network(IpAddress address, int bits) {}

  private final List<Network> networks;

  private TrustedProxies(List<Network> networks) {
    this.networks = List.copyOf(networks);
  }

  /** Forwarded headers never count. */
  public static TrustedProxies none() {
    return new TrustedProxies(List.of());
  }

  /**
   * @throws IllegalArgumentException where an entry is neither an address nor a network
   */
  public static TrustedProxies of(List<String> entries) {
    List<Network> networks = new ArrayList<>();
    for (String entry : entries) {
      networks.add(
          parse(entry.strip())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "a trusted proxy is an address like 10.0.0.7 or a network like"
                              + " 10.0.0.0/8, not '"
                              + entry
                              + "'")));
    }
    return new TrustedProxies(networks);
  }

  private static Optional<Network> parse(String entry) {
    int slash = entry.indexOf('/');
    Optional<IpAddress> address = IpAddress.parse(slash < 0 ? entry : entry.substring(0, slash));
    if (address.isEmpty()) {
      return Optional.empty();
    }
    int bits = address.get().bits();
    if (slash >= 0) {
      String suffix = entry.substring(slash + 1);
      if (!suffix.matches("\\d{1,3}") || Integer.parseInt(suffix) > bits) {
        return Optional.empty();
      }
      bits = Integer.parseInt(suffix);
    }
    return Optional.of(new Network(address.get(), bits));
  }

  /** Whether this address is one of the proxies. */
  boolean contains(@Nullable String address) {
    return !networks.isEmpty() && IpAddress.parse(address).filter(this::contains).isPresent();
  }

  private boolean contains(IpAddress address) {
    return networks.stream().anyMatch(n -> address.isWithin(n.address(), n.bits()));
  }
}
