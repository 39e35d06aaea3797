package io.taskauth.servlet.endpoint;

import io.taskauth.internal.Hashes;
import io.taskauth.servlet.http.Exchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The style sheets of the pages. Their names hold a hash of what is in them, so that browsers may
 * keep them for a year and still see a new version at once. Threads may share it.
 */
public final class Assets {
  static final String PATH = "/auth/assets";

  private final Map<String, byte[]> files = new LinkedHashMap<>();

  public Assets() {
    add("pico", ".css");
    add("taskauth", ".css");
  }

  private void add(String name, String suffix) {
    try (InputStream in =
        Assets.class.getResourceAsStream("/io/taskauth/servlet/assets/" + name + suffix)) {
      if (in == null) {
        throw new IllegalStateException(name + suffix + " is missing from the jar");
      }
      byte[] bytes = in.readAllBytes();
      String hash = HexFormat.of().formatHex(Hashes.sha256(bytes), 0, 6);
      files.put(name + "-" + hash + suffix, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The addresses of the style sheets, in order.
   *
   * @param base the path that the library is mounted at
   */
  public List<String> stylesheets(String base) {
    return files.keySet().stream().map(name -> base + PATH + "/" + name).toList();
  }

  void serve(Exchange exchange, Endpoint.Caller caller) throws IOException {
    byte[] bytes = files.get(caller.parameter());
    if (bytes == null) {
      throw Routes.nothingHere();
    }
    exchange.immutable("text/css;charset=utf-8", bytes);
  }
}
