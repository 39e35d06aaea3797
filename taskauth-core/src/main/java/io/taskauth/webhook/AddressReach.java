package io.taskauth.webhook;

import io.taskauth.internal.IpAddress;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where an address leads, by the registries of IANA and not by what {@code InetAddress} knows: that
 * takes CGNAT, NAT64 and unique-local addresses for public ones. The later the worse.
 */
enum AddressReach {
  /** To anybody in the Internet. */
  PUBLIC,
  /** To this machine or to a network that somebody runs for themselves. */
  PRIVATE,
  /** To credentials, to many at once, or to where no receiver can be. */
  NEVER;

  private record Network(IpAddress prefix, int bits) {
    static Network of(String cidr) {
      int slash = cidr.indexOf('/');
      IpAddress prefix = IpAddress.parse(cidr.substring(0, slash)).orElseThrow();
      return new Network(prefix, Integer.parseInt(cidr.substring(slash + 1)));
    }

    boolean holds(IpAddress address) {
      return address.isWithin(prefix, bits);
    }
  }

  /**
   * What gives credentials to whoever asks from inside a cloud. They lie in private networks, and
   * are looked at first so that no permission for those opens them.
   */
  private static final Network[] METADATA = {
    // AWS, Google, Azure and most others: instances, containers, pods.
    Network.of("169.254.169.0/24"),
    Network.of("169.254.170.0/24"),
    Network.of("fd00:ec2::/32"),
    Network.of("fd20:ce::254/128"),
    // OpenStack, Scaleway, Tencent, Alibaba, Oracle, Azure's agent.
    Network.of("fe80::a9fe:a9fe/128"),
    Network.of("169.254.42.42/32"),
    Network.of("fd00:42::42/128"),
    Network.of("169.254.0.23/32"),
    Network.of("100.100.100.200/32"),
    Network.of("192.0.0.192/32"),
    Network.of("168.63.129.16/32"),
  };

  private static final Network[] OWN = {
    Network.of("127.0.0.0/8"),
    Network.of("10.0.0.0/8"),
    Network.of("172.16.0.0/12"),
    Network.of("192.168.0.0/16"),
    Network.of("169.254.0.0/16"),
    // Shared between a provider and its customers (RFC 6598).
    Network.of("100.64.0.0/10"),
    // Benchmarks (RFC 2544, RFC 5180).
    Network.of("198.18.0.0/15"),
    Network.of("2001:2::/48"),
    Network.of("::1/128"),
    Network.of("fc00::/7"),
    Network.of("fe80::/10"),
    // Site-local: deprecated (RFC 3879), and still routed inside some sites.
    Network.of("fec0::/10"),
  };

  /** What else the special-purpose registries (RFC 6890) take out of the Internet. */
  private static final Network[] RESERVED = {
    Network.of("0.0.0.0/8"),
    Network.of("192.0.0.0/24"),
    // Documentation.
    Network.of("192.0.2.0/24"),
    Network.of("198.51.100.0/24"),
    Network.of("203.0.113.0/24"),
    Network.of("2001:db8::/32"),
    Network.of("3fff::/20"),
    // Anycast to whoever is near: 6to4 relays, AMT relays, and AS112, which answers DNS only.
    Network.of("192.88.99.0/24"),
    Network.of("192.52.193.0/24"),
    Network.of("192.31.196.0/24"),
    Network.of("192.175.48.0/24"),
    Network.of("2620:4f:8000::/48"),
    // Multicast, reserved, broadcast.
    Network.of("224.0.0.0/4"),
    Network.of("240.0.0.0/4"),
    // Teredo, whose client can be behind any NAT; ORCHID, which is no address at all.
    Network.of("2001::/23"),
  };

  /** Of IPv6 only this has been given out; what is new to us is refused, not trusted. */
  private static final Network GLOBAL_UNICAST = Network.of("2000::/3");

  private static final Network NAT64 = Network.of("64:ff9b::/96");
  private static final Network SIX_TO_FOUR = Network.of("2002::/16");
  private static final Network ISATAP = Network.of("0.0.94.254/32");
  private static final Network ISATAP_UNIVERSAL = Network.of("2.0.94.254/32");

  static AddressReach of(IpAddress address) {
    AddressReach outside = plainly(address);
    AddressReach inside = embedded(address).map(AddressReach::of).orElse(PUBLIC);
    return inside.compareTo(outside) > 0 ? inside : outside;
  }

  private static AddressReach plainly(IpAddress address) {
    if (isAmong(METADATA, address)) {
      return NEVER;
    }
    if (isAmong(OWN, address)) {
      return PRIVATE;
    }
    boolean known = address.bits() == 32 || GLOBAL_UNICAST.holds(address) || NAT64.holds(address);
    return known && !isAmong(RESERVED, address) ? PUBLIC : NEVER;
  }

  /** The IPv4 address that a gateway on the way would send to in the end. */
  private static Optional<IpAddress> embedded(IpAddress address) {
    if (address.bits() == 32) {
      return Optional.empty();
    }
    if (SIX_TO_FOUR.holds(address)) {
      return Optional.of(address.ipv4At(2));
    }
    // An ISATAP interface says so in its identifier, under any prefix (RFC 5214, section 6.1).
    IpAddress mark = address.ipv4At(8);
    if (NAT64.holds(address) || ISATAP.holds(mark) || ISATAP_UNIVERSAL.holds(mark)) {
      return Optional.of(address.ipv4At(12));
    }
    return Optional.empty();
  }

  private static boolean isAmong(Network[] networks, IpAddress address) {
    return Stream.of(networks).anyMatch(network -> network.holds(address));
  }
}
