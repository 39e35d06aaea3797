package io.taskauth.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Hashes;
import io.taskauth.server.web.Answers;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.server.web.Refusal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * The pages' scripts and style sheets. Their addresses hold a hash of what is in them, so that
 * browsers may keep them for a year and still see a new version at once.
 */
public final class Assets extends HttpServlet {
  /** Where they are. */
  public static final String PATH = "/dashboard/assets";

  private static final long serialVersionUID = 1;

  private static final List<String> FILES =
      List.of("dashboard.css", "dashboard.js", "pages.css", "pages.js");

  private record File(String type, String text) {}

  private final transient Map<String, String> addresses = new HashMap<>();
  private final transient Map<String, File> files = new HashMap<>();

  public Assets() {
    FILES.forEach(this::read);
  }

  private void read(String name) {
    try (InputStream in = Assets.class.getResourceAsStream("/io/taskauth/server/assets/" + name)) {
      if (in == null) {
        throw new IllegalStateException(name + " is missing from the jar");
      }
      byte[] bytes = in.readAllBytes();
      int dot = name.lastIndexOf('.');
      String hash = HexFormat.of().formatHex(Hashes.sha256(bytes), 0, 6);
      String path = "/" + name.substring(0, dot) + "-" + hash + name.substring(dot);
      String type = name.endsWith(".js") ? "text/javascript" : "text/css";
      addresses.put(name, PATH + path);
      files.put(path, new File(type + ";charset=utf-8", new String(bytes, UTF_8)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The address of a file.
   *
   * @param name such as {@code pages.css}
   */
  public String address(String name) {
    String address = addresses.get(name);
    if (address == null) {
      throw new IllegalArgumentException(name + " is none of " + FILES);
    }
    return address;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    File file = files.get(String.valueOf(request.getPathInfo()));
    if (file == null) {
      Answers.refuse(response, Refusal.notFound());
    } else {
      PageHeaders.write(response, file.type());
      response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
      response.getOutputStream().write(file.text().getBytes(UTF_8));
    }
  }
}
