package io.taskauth.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a webhook may be sent to. The refused ones first. */
class AddressGuardTest {
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final String PRIVATE = "The host leads to a private address.";
  private static final String NEVER =
      "The host leads to an address that webhooks are never sent to.";
  private static final String IPV4_FORM = "An IPv4 address must be four decimal numbers";

  /** Every name leads to this. */
  private static String verdict(boolean allowPrivate, String url, InetAddress... answer) {
    try (LookUps lookUps = new LookUps(host -> List.of(answer))) {
      new AddressGuard(allowPrivate, lookUps).addresses(WebhookTarget.of(URI.create(url)), SOON);
      return "allowed";
    } catch (AddressRefusedException e) {
      return e.reason();
    } catch (UnknownHostException e) {
      return "unknown";
    }
  }

  private static String host(String address) {
    return address.indexOf(':') < 0 ? address : "[" + address + "]";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Metadata services, plain and embedded.
        "169.254.169.254",
        "169.254.169.253",
        "169.254.170.2",
        "169.254.170.23",
        "169.254.42.42",
        "169.254.0.23",
        "100.100.100.200",
        "168.63.129.16",
        "192.0.0.192",
        "fd00:ec2::254",
        "fd00:ec2::23",
        "fd20:ce::254",
        "fd00:42::42",
        "fe80::a9fe:a9fe",
        "64:ff9b::169.254.169.254",
        "64:ff9b::a83f:8110",
        "2002:a9fe:a9fe::1",
        "2002:6464:64c8::",
        "2001:4860::5efe:169.254.169.254",
        "fe80::5efe:a9fe:a9fe",
        "fe80::200:5efe:6464:64c8",
        "fd12::200:5efe:168.63.129.16",
        "::169.254.169.254",
        "::ffff:0:169.254.169.254",
        "64:ff9b:1::169.254.169.254",
        // This network, unspecified.
        "0.0.0.0",
        "0.0.0.1",
        "0.255.255.255",
        "::",
        "64:ff9b::",
        // Multicast, reserved, broadcast.
        "224.0.0.1",
        "239.255.255.250",
        "240.0.0.1",
        "255.255.255.254",
        "255.255.255.255",
        "ff02::1",
        "ff0e::1",
        "2002:e000:1::",
        "64:ff9b::255.255.255.255",
        // Protocol assignments, documentation, anycast of infrastructure.
        "192.0.0.1",
        "192.0.0.8",
        "192.0.0.170",
        "192.0.0.255",
        "192.0.2.1",
        "198.51.100.255",
        "203.0.113.7",
        "2001:db8::1",
        "2001:db8:ffff:ffff::1",
        "3fff::1",
        "3fff:fff:ffff::1",
        "192.88.99.1",
        "192.52.193.1",
        "192.31.196.1",
        "192.175.48.1",
        "2620:4f:8000::1",
        // What carries IPv4 in a way that no receiver has an address in.
        "::127.0.0.1",
        "::8.8.8.8",
        "::ffff:0:8.8.8.8",
        "::ffff:0:127.0.0.1",
        "64:ff9b:1::8.8.8.8",
        "64:ff9b:1::7f00:1",
        // Teredo, ORCHID, the rest of the protocol assignments.
        "2001::1",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:1::1",
        "2001:10::1",
        "2001:1f:ffff::1",
        "2001:20::1",
        "2001:2f::1",
        "2001:1ff:ffff::1",
        // Not given out, or out of the Internet.
        "100::1",
        "100:0:0:1::1",
        "5f00::1",
        "4000::1",
        "8000::1",
        "1fff::1",
        "0:1::1",
        "fe00::1"
      })
  void someAddressesAreNeverSentTo(String address) throws Exception {
    InetAddress answer = InetAddress.getByName(address);

    assertThat(verdict(false, "https://" + host(address) + "/")).isEqualTo(NEVER);
    assertThat(verdict(true, "https://" + host(address) + "/")).isEqualTo(NEVER);
    assertThat(verdict(true, "https://hooks.example/", answer)).isEqualTo(NEVER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.53",
        "127.255.255.255",
        "::1",
        "10.0.0.0",
        "10.255.255.255",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.0.1",
        "192.168.255.255",
        "169.254.1.1",
        "169.254.171.1",
        "100.64.0.1",
        "100.127.255.255",
        "198.18.0.1",
        "198.19.255.255",
        "2001:2::1",
        "fc00::1",
        "fd00:ec1::254",
        "fd12:3456:789a::1",
        "fdff:ffff::1",
        "fe80::1",
        "febf:ffff::1",
        "fec0::1",
        "feff::1",
        "64:ff9b::127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b::192.168.1.1",
        "64:ff9b::100.64.0.1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "2002:c0a8:101::1",
        "2001:4860::5efe:10.0.0.1",
        "2001:4860::200:5efe:192.168.1.1",
        "2a00:1450::5efe:7f00:1"
      })
  void privateAddressesNeedPermission(String address) throws Exception {
    InetAddress answer = InetAddress.getByName(address);

    assertThat(verdict(false, "http://" + host(address) + ":8080/")).isEqualTo(PRIVATE);
    assertThat(verdict(false, "https://hooks.example/", answer)).isEqualTo(PRIVATE);
    assertThat(verdict(true, "http://" + host(address) + ":8080/")).isEqualTo("allowed");
    assertThat(verdict(true, "https://hooks.example/", answer)).isEqualTo("allowed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.1.1.1",
        "8.8.8.8",
        "9.255.255.255",
        "11.0.0.0",
        "100.63.255.255",
        "100.128.0.0",
        "126.255.255.255",
        "128.0.0.1",
        "168.63.129.15",
        "168.63.129.17",
        "169.253.255.255",
        "169.255.0.0",
        "172.15.255.255",
        "172.32.0.0",
        "192.0.1.0",
        "192.0.3.0",
        "192.167.255.255",
        "192.169.0.0",
        "198.17.255.255",
        "198.20.0.0",
        "203.0.112.255",
        "223.255.255.255",
        "2000::1",
        "2001:200::1",
        "2001:4860:4860::8888",
        "2003::1",
        "2606:4700:4700::1111",
        "2a00:1450:4001:800::200e",
        "3ffe::1",
        "3fff:1000::1",
        "64:ff9b::8.8.8.8",
        "2002:808:808::1",
        "2001:4860::5efe:8.8.8.8"
      })
  void publicAddressesAreAllowed(String address) throws Exception {
    InetAddress answer = InetAddress.getByName(address);

    assertThat(verdict(false, "https://" + host(address) + "/")).isEqualTo("allowed");
    assertThat(verdict(false, "https://hooks.example/", answer)).isEqualTo("allowed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ' ',
      quoteCharacter = '`',
      value = {
        // IPv4 in the spellings that programs read in different ways.
        "http://2130706433/ four",
        "http://017700000001/ four",
        "http://0x7f000001/ four",
        "http://0X7F000001/ four",
        "http://0x7f.1/ four",
        "http://0x7f.0x0.0x0.0x1/ four",
        "http://0177.0.0.1/ four",
        "http://0177.0.0.01/ four",
        "http://127.1/ four",
        "http://127.0.1/ four",
        "http://127.0.0.0x1/ four",
        "http://127.0.0.1.1/ four",
        "http://256.256.256.256/ four",
        "http://08.8.8.8/ four",
        "http://8.8.8.08/ four",
        "http://0/ four",
        "http://0x/ four",
        "http://8.8.8.8.0x/ four",
        "http://example.1/ four",
        "http://example.0xa9/ four",
        "http://1.2.3/ four",
        "http://99999999999999999999/ four",
        // Dots at the end.
        "http://127.0.0.1./ dot",
        "http://2130706433./ dot",
        "http://localhost./ dot",
        "http://hooks.example./ dot",
        "http://hooks.example../ dot",
        // Other alphabets, percent-encoding.
        "http://１２７.0.0.1/ ASCII",
        "http://127。0。0。1/ ASCII",
        "http://①②⑦.0.0.1/ ASCII",
        "http://bücher.example/ ASCII",
        "http://ʟocalhost/ ASCII",
        "http://hooks\u00ad.example/ ASCII",
        "http://127%2e0%2e0%2e1/ ASCII",
        "http://%31%32%37.0.0.1/ ASCII",
        "http://hooks%00.example/ ASCII",
        // IPv6.
        "http://[::ffff:127.0.0.1]/ ::ffff",
        "http://[::ffff:7f00:1]/ ::ffff",
        "http://[::ffff:8.8.8.8]/ ::ffff",
        "http://[0:0:0:0:0:ffff:a9fe:a9fe]/ ::ffff",
        "http://[fe80::1%25eth0]/ interface",
        "http://[fe80::1%eth0]/ interface",
        "http://[::1%1]/ interface",
        // Not a host.
        "http:///path host",
        "http:path host",
        "http:/path host",
        "http://:80/ host",
        "http://-hooks.example/ valid",
        "http://hooks-.example/ valid",
        "http://hooks..example/ valid",
        "http://.example/ valid",
        "http://ho_oks.example/ valid",
        "http://ho~oks.example/ valid",
        "http://a$b.example/ valid",
        // Users, schemes, ports.
        "http://ada@hooks.example/ user",
        "http://ada:secret@hooks.example/ user",
        "http://@hooks.example/ user",
        "http://hooks.example@127.0.0.1/ user",
        "http://hooks.example:80@127.0.0.1/ user",
        "ftp://hooks.example/ begin",
        "file:///etc/passwd begin",
        "gopher://hooks.example/ begin",
        "jar:http://hooks.example/!/ begin",
        "ws://hooks.example/ begin",
        "httpsx://hooks.example/ begin",
        "//hooks.example/ begin",
        "/hook begin",
        "mailto:ada@hooks.example begin",
        "http://hooks.example:0/ port",
        "http://hooks.example:65536/ port",
        "http://hooks.example:080/ port",
        "http://hooks.example:99999999999/ port",
        "http://hooks.example:/ port",
        "http://hooks.example:8a/ port",
        "http://hooks.example:-1/ port",
        "http://hooks.example:80:80/ port",
        "http://hooks.example:٨٠/ port"
      })
  void oddSpellingsAreRefusedWithAndWithoutPermission(String url, String word) throws Exception {
    InetAddress answer = InetAddress.getByName("8.8.8.8");

    assertThat(verdict(false, url, answer)).contains(word).isNotEqualTo(PRIVATE);
    assertThat(verdict(true, url, answer)).contains(word);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://hooks.example",
        "HTTPS://HOOKS.EXAMPLE/",
        "http://hooks.example:1/",
        "https://hooks.example:65535/a/b?c=d@e#f",
        "https://xn--bcher-kva.example/",
        "https://0x.example/",
        "https://127.0.0.1.example/",
        "https://1-2.3.example/",
        "https://localhost/",
        "https://a.b.c.d.e.f.example/?u=http://127.0.0.1/"
      })
  void namesAreWhatTheyLeadTo(String url) throws Exception {
    InetAddress there = InetAddress.getByName("8.8.8.8");
    InetAddress here = InetAddress.getByName("127.0.0.1");

    assertThat(verdict(false, url, there)).isEqualTo("allowed");
    assertThat(verdict(false, url, here)).isEqualTo(PRIVATE);
    assertThat(verdict(false, url, there, here)).isEqualTo(PRIVATE);
    assertThat(verdict(false, url, here, there)).isEqualTo(PRIVATE);
    assertThat(verdict(true, url, there, here, InetAddress.getByName("169.254.169.254")))
        .isEqualTo(NEVER);
    assertThat(verdict(false, url)).isEqualTo("unknown");
  }

  @Test
  void halfACharacterIsRefused() {
    assertThat(verdict(true, "http://8.8.8.8/\ud800")).contains("cannot be sent");
    assertThat(verdict(true, "http://8.8.8.8/\ud83d\ude00")).isEqualTo("allowed");
  }

  @Test
  void ipv4SpellingsAreToldWhatIsExpected() {
    assertThat(verdict(false, "http://0177.0.0.1/"))
        .startsWith(IPV4_FORM)
        .contains("leading zeros");
  }

  /** The JDK makes IPv4 of it, another resolver may not. */
  @Test
  void mappedAddressesOfALookUpAreNoWayIn() throws Exception {
    byte[] mapped = new byte[16];
    mapped[10] = (byte) 0xff;
    mapped[11] = (byte) 0xff;
    mapped[12] = 127;
    mapped[15] = 1;

    InetAddress asIpv4 = InetAddress.getByAddress(mapped);
    InetAddress asIpv6 = Inet6Address.getByAddress(null, mapped, -1);

    assertThat(asIpv6).isInstanceOf(Inet6Address.class);
    assertThat(verdict(false, "http://hooks.example/", asIpv4)).isEqualTo(PRIVATE);
    assertThat(verdict(true, "http://hooks.example/", asIpv6)).isEqualTo(NEVER);
  }

  @Test
  void addressesAreNeverLookedUp() throws Exception {
    List<String> asked = new ArrayList<>();
    try (LookUps lookUps =
        new LookUps(
            host -> {
              asked.add(host);
              throw new UnknownHostException(host);
            })) {
      AddressGuard guard = new AddressGuard(false, lookUps);

      assertThat(guard.addresses(WebhookTarget.of(URI.create("http://8.8.8.8/")), SOON))
          .containsExactly(InetAddress.getByName("8.8.8.8"));
      assertThat(guard.addresses(WebhookTarget.of(URI.create("http://[2000::1]/")), SOON))
          .containsExactly(InetAddress.getByName("2000::1"));
      assertThat(asked).isEmpty();
      assertThatThrownBy(
              () -> guard.addresses(WebhookTarget.of(URI.create("http://Hooks.Example")), SOON))
          .isInstanceOf(UnknownHostException.class);
      assertThat(asked).containsExactly("hooks.example");
    }
  }

  @Test
  void whatIsConnectedToIsWhatWasRead() throws Exception {
    WebhookTarget target =
        WebhookTarget.of(
            URI.create("HTTPS://Hooks.Example:8443/ä?b=ö c".replace(" ", "%20") + "#d"));

    assertThat(target.tls()).isTrue();
    assertThat(target.host()).isEqualTo("hooks.example");
    assertThat(target.port()).isEqualTo(8443);
    assertThat(target.unusualPort()).contains(8443);
    assertThat(target.path()).isEqualTo("/%C3%A4?b=%C3%B6%20c");
    assertThat(WebhookTarget.of(URI.create("https://a.example:443")).unusualPort()).isEmpty();
    assertThat(WebhookTarget.of(URI.create("http://a.example:443")).unusualPort()).contains(443);
    assertThat(WebhookTarget.of(URI.create("http://[2000::1]:81/")).host()).isEqualTo("2000::1");
    assertThat(WebhookTarget.of(URI.create("http://a.example//b")).path()).isEqualTo("//b");
  }
}
