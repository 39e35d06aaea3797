package io.taskauth.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of one HTTP request, as far as coming back from the browser needs it. */
record KnockRequest(String method, String path, String query, List<String> hosts) {
  // Browsers send the cookies of everything else on 127.0.0.1 along, whatever its port.
  private static final int LARGEST = 64 * 1024;
  private static final Pattern LINE =
      Pattern.compile(
          "([A-Z]{1,16}) (/[\\x21-\\x3e\\x40-\\x7e]*)(?:\\?([\\x21-\\x7e]*))? HTTP/1\\.[01]");

  /** Empty where this is no HTTP request, or its head is too large. */
  static Optional<KnockRequest> read(InputStream in) throws IOException {
    ByteArrayOutputStream head = new ByteArrayOutputStream();
    int last4 = 0;
    while (last4 != 0x0D0A0D0A) {
      int next = in.read();
      if (next == -1 || head.size() >= LARGEST) {
        return Optional.empty();
      }
      head.write(next);
      last4 = last4 << 8 | next;
    }
    List<String> lines = head.toString(StandardCharsets.ISO_8859_1).lines().toList();
    Matcher line = LINE.matcher(lines.get(0));
    if (!line.matches()) {
      return Optional.empty();
    }
    List<String> hosts =
        lines.stream()
            .filter(header -> header.toLowerCase(Locale.ROOT).startsWith("host:"))
            .map(header -> header.substring("host:".length()).strip())
            .toList();
    String query = line.group(3) == null ? "" : line.group(3);
    return Optional.of(new KnockRequest(line.group(1), line.group(2), query, hosts));
  }

  /** The query's parameters; empty where one comes twice or cannot be decoded. */
  Optional<Map<String, String>> parameters() {
    Map<String, String> parameters = new HashMap<>();
    for (String pair : query.split("&", 50)) {
      int equals = pair.indexOf('=');
      if (equals > 0
          && parameters.put(pair.substring(0, equals), pair.substring(equals + 1)) != null) {
        return Optional.empty();
      }
    }
    try {
      parameters.replaceAll((name, value) -> URLDecoder.decode(value, StandardCharsets.UTF_8));
      return Optional.of(parameters);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
