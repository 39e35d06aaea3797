package io.taskauth.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The path that is checked is the one that a plain reading of the standards gives, or none. */
class RequestPathFuzzTest {
  private static final int ROUNDS = 60_000;
  private static final String[] PARTS = {
    "/",
    "/",
    "/",
    "/",
    ".",
    "..",
    "/../",
    "/./",
    ";",
    ";x=y",
    ";/",
    "%2e",
    "%2E",
    "%2f",
    "%2F",
    "%5c",
    "%5C",
    "\\",
    "%00",
    "%01",
    "%7f",
    "%25",
    "%252e",
    "%25zz",
    "%",
    "%c0%ae",
    "%e0%80%ae",
    "%c3%bc",
    "%ed%a0%80",
    "\u00fc",
    "+",
    "%20",
    "admin",
    "public",
    "%61dmin",
    "a",
    "~",
    "=",
    "@",
    ":"
  };

  private final Random random = new Random(20260301);

  private String uri() {
    StringBuilder uri = new StringBuilder(random.nextInt(20) == 0 ? "" : "/");
    for (int i = random.nextInt(8); i > 0; i--) {
      uri.append(PARTS[random.nextInt(PARTS.length)]);
    }
    return uri.toString();
  }

  /** Parameters off, decoded, dot segments out (RFC 3986, section 5.2.4); null above the root. */
  private static String model(String uri) {
    Deque<String> path = new ArrayDeque<>();
    String[] parts = uri.split("/", -1);
    for (int i = 1; i < parts.length; i++) {
      String part = parts[i].replaceFirst(";.*", "").replace("+", "%2B");
      String text = URLDecoder.decode(part, StandardCharsets.UTF_8);
      boolean last = i == parts.length - 1;
      if (text.equals("..")) {
        if (path.pollLast() == null) {
          return null;
        }
      } else if (!text.equals(".")) {
        path.add(text);
        continue;
      }
      if (last) {
        path.add("");
      }
    }
    return "/" + String.join("/", path);
  }

  private static boolean isPlain(String uri) {
    String low = uri.toLowerCase(Locale.ROOT);
    return uri.startsWith("/")
        && uri.replaceAll(";[^/]*", "").chars().allMatch(c -> c > 0x20 && c < 0x7f)
        && List.of("//", "\\", "%2f", "%5c", "%00", "%01", "%7f", "%252e").stream()
            .noneMatch(low::contains);
  }

  @Test
  void pathIsReadAsTheModelReadsItOrRefused() {
    int read = 0;
    for (int i = 0; i < ROUNDS; i++) {
      String uri = uri();
      String expected = null;
      try {
        expected = model(uri);
      } catch (IllegalArgumentException e) {
        // A broken escape.
      }
      try {
        RequestPath path =
            RequestPath.of(FakeRequest.at(uri, "", expected == null ? "/" : expected), false);
        assertThat(isPlain(uri)).as(uri).isTrue();
        assertThat("/" + String.join("/", path.segments())).as(uri).isEqualTo(expected);
        assertThat(path.segments())
            .as(uri)
            .doesNotContain(".", "..")
            .noneMatch(s -> s.contains("/"));
        read++;
      } catch (Problem problem) {
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
      }
    }
    assertThat(read).as("enough paths are good ones").isGreaterThan(ROUNDS / 20);
  }

  @Test
  void pathThatTheContainerReadsInAnotherWayIsRefused() {
    for (int i = 0; i < ROUNDS; i++) {
      String uri = uri();
      String other = "/admin/" + random.nextInt(5);
      try {
        RequestPath path = RequestPath.of(FakeRequest.at(uri, "", other), false);
        String ours = "/" + String.join("/", path.segments());
        boolean welcomeFile = ours.equals("/admin/");
        assertThat(ours.equals(other) || welcomeFile).as("%s %s", uri, other).isTrue();
      } catch (Problem problem) {
        assertThat(problem.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
      }
    }
  }

  @Test
  void encodedSlashNeverMakesADotSegment() {
    for (int i = 0; i < ROUNDS; i++) {
      String uri = uri();
      try {
        String dispatched = model(uri);
        RequestPath path =
            RequestPath.of(FakeRequest.at(uri, "", dispatched == null ? "/" : dispatched), true);
        for (String segment : path.segments()) {
          if (segment.contains("/")) {
            assertThat(segment.split("/", -1)).as(uri).doesNotContain("", ".", "..");
          }
        }
      } catch (Problem | IllegalArgumentException refused) {
        // Either is a no.
      }
    }
  }
}
