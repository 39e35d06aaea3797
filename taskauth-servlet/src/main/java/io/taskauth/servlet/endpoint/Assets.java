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
 * The style sheets and the script of the pages. Their names hold a hash of what is in them, so that
 * browsers may keep them for a year and still see a new version at once. Threads may share it.
 */
public final class Assets {
  static final String PATH = "/auth/assets";

  private static final String CSS = "text/css;charset=utf-8";
  private static final String SCRIPT = "text/javascript;charset=utf-8";

  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private final List<String> stylesheets;
  private final String script;

  public Assets() {
    this.stylesheets = List.of(add("pico", ".css"), add("taskauth", ".css"));
    this.script = add("taskauth", ".js");
  }

  private String add(String name, String suffix) {
    try (InputStream in =
        Assets.class.getResourceAsStream("/io/taskauth/servlet/assets/" + name + suffix)) {
      if (in == null) {
        throw new IllegalStateException(name + suffix + " is missing from the jar");
      }
      byte[] bytes = in.readAllBytes();
      String hash = HexFormat.of().formatHex(Hashes.sha256(bytes), 0, 6);
      String file = name + "-" + hash + suffix;
      files.put(file, bytes);
      return file;
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
    return stylesheets.stream().map(name -> base + PATH + "/" + name).toList();
  }

  /** The address of the script that makes the pages pleasant; they work without it. */
  public String script(String base) {
    return base + PATH + "/" + script;
  }

  void serve(Exchange exchange, Endpoint.Caller caller) throws IOException {
    byte[] bytes = files.get(caller.parameter());
    if (bytes == null) {
      throw Routes.nothingHere();
    }
    exchange.immutable(caller.parameter().equals(script) ? SCRIPT : CSS, bytes);
  }
}
