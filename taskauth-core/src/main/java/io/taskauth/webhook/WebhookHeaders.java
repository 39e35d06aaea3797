package io.taskauth.webhook;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Which headers a subscription may add to its requests. */
final class WebhookHeaders {
  private static final int MAX_VALUE = 2 << 10;

  /** A token (RFC 9110, section 5.6.2). */
  private static final Pattern NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]{1,128}");

  private static final Pattern VALUE = Pattern.compile("[!-~]|[!-~][\\t -~]*[!-~]");

  /** They say where a message begins and ends, or belong to the connection: smuggling. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "host",
          "content-length",
          "transfer-encoding",
          "connection",
          "keep-alive",
          "upgrade",
          "http2-settings",
          "te",
          "trailer",
          "expect");

  private WebhookHeaders() {}

  /** What is wrong with a header that whoever made a subscription wants sent, in a sentence. */
  static Optional<String> objectionToHeader(String name, String value) {
    Optional<String> objection = objectionToAny(name, value);
    return objection.isEmpty() && isOurs(name)
        ? Optional.of("The header " + name + " is set by taskauth itself.")
        : objection;
  }

  /** What is wrong with a header, whoever wants it sent. Never with the value in it. */
  static Optional<String> objectionToAny(String name, String value) {
    if (!NAME.matcher(name).matches()) {
      return Optional.of(
          "A header's name must be 1 to 128 of the letters, digits and !#$%&'*+.^_`|~-.");
    }
    String lower = name.toLowerCase(Locale.ROOT);
    if (OF_THE_CONNECTION.contains(lower) || lower.startsWith("proxy-")) {
      return Optional.of("The header " + name + " belongs to the connection and cannot be set.");
    }
    if (value.length() > MAX_VALUE || !VALUE.matcher(value).matches()) {
      return Optional.of(
          "The value of the header "
              + name
              + " must be 1 to "
              + MAX_VALUE
              + " printable ASCII characters, with no space at either end.");
    }
    return Optional.empty();
  }

  private static boolean isOurs(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return lower.startsWith("webhook-") || lower.equals("content-type");
  }
}
