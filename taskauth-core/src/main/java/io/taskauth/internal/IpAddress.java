package io.taskauth.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * An IP address that was written as a literal. Names are never looked up, and only the canonical
 * spelling of IPv4 is accepted: {@code InetAddress} reads {@code 0177.0.0.1} in another way than
 * other programs do, and a check that two programs read differently is no check.
 */
public final class IpAddress {
  private static final Pattern IPV4 =
      Pattern.compile(
          "(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})\\.(0|[1-9]\\d{0,2})");
  private static final Pattern IPV6 =
      Pattern.compile("[0-9A-Fa-f:]{2,39}|[0-9A-Fa-f:]{1,29}:" + IPV4);

  private final byte[] bytes;

  private IpAddress(byte[] bytes) {
    this.bytes = bytes;
  }

  /** The address, or empty where {@code text} is none. An IPv4-mapped IPv6 address is IPv4. */
  public static Optional<IpAddress> parse(@Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    var ipv4 = IPV4.matcher(text);
    if (ipv4.matches()) {
      byte[] bytes = new byte[4];
      for (int i = 0; i < 4; i++) {
        int octet = Integer.parseInt(ipv4.group(i + 1));
        if (octet > 255) {
          return Optional.empty();
        }
        bytes[i] = (byte) octet;
      }
      return Optional.of(new IpAddress(bytes));
    }
    String bare =
        text.startsWith("[") && text.endsWith("]") ? text.substring(1, text.length() - 1) : text;
    if (bare.indexOf(':') < 0 || !IPV6.matcher(bare).matches()) {
      return Optional.empty();
    }
    try {
      // A literal with a colon is never looked up; a mapped address comes back as four bytes.
      return Optional.of(new IpAddress(InetAddress.getByName(bare).getAddress()));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /** An address that a look-up gave. */
  public static IpAddress of(InetAddress address) {
    return new IpAddress(address.getAddress());
  }

  /** The same address, for a connection; it has no name, and none is looked up. */
  public InetAddress toInetAddress() {
    try {
      return InetAddress.getByAddress(bytes);
    } catch (UnknownHostException e) {
      throw new IllegalStateException("4 and 16 bytes always are an address", e);
    }
  }

  /** The IPv4 address that an IPv6 address carries from this byte on. */
  public IpAddress ipv4At(int offset) {
    return new IpAddress(Arrays.copyOfRange(bytes, offset, offset + 4));
  }

  /** Whether the first {@code bits} bits are those of {@code network}. */
  public boolean isWithin(IpAddress network, int bits) {
    if (bytes.length != network.bytes.length) {
      return false;
    }
    for (int i = 0; i < bits; i++) {
      int mask = 0x80 >> (i % 8);
      if (((bytes[i / 8] ^ network.bytes[i / 8]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }

  /** 32 or 128. */
  public int bits() {
    return bytes.length * 8;
  }

  public boolean isLoopback() {
    return toInetAddress().isLoopbackAddress();
  }

  /**
   * The address as one customer's line: all of an IPv4 address, the first 56 bits of an IPv6
   * address, because the rest is the customer's to choose (RFC 6177).
   */
  public String line() {
    if (bytes.length == 4) {
      return toInetAddress().getHostAddress();
    }
    IpAddress network = new IpAddress(Arrays.copyOf(Arrays.copyOf(bytes, 7), 16));
    return network.toInetAddress().getHostAddress() + "/56";
  }
}
