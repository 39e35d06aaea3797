package io.taskauth.server.dashboard;

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
import java.util.HexFormat;

/**
 * The page's script and style sheet. Their names hold a hash of what is in them, so that browsers
 * may keep them for a year and still see a new version at once.
 */
public final class Assets extends HttpServlet {
  /** Where they are. */
  public static final String PATH = "/dashboard/assets";

  private static final long serialVersionUID = 1;

  private record File(String path, String type, String text) {}

  private final transient File script = read(".js", "text/javascript;charset=utf-8");
  private final transient File style = read(".css", "text/css;charset=utf-8");

  private static File read(String suffix, String type) {
    try (InputStream in =
        Assets.class.getResourceAsStream("/io/taskauth/server/assets/dashboard" + suffix)) {
      if (in == null) {
        throw new IllegalStateException("dashboard" + suffix + " is missing from the jar");
      }
      byte[] bytes = in.readAllBytes();
      String hash = HexFormat.of().formatHex(Hashes.sha256(bytes), 0, 6);
      return new File("/dashboard-" + hash + suffix, type, new String(bytes, UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String script() {
    return PATH + script.path();
  }

  String style() {
    return PATH + style.path();
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    String asked = String.valueOf(request.getPathInfo());
    if (asked.equals(script.path())) {
      write(response, script);
    } else if (asked.equals(style.path())) {
      write(response, style);
    } else {
      Answers.refuse(response, Refusal.notFound());
    }
  }

  private static void write(HttpServletResponse response, File file) throws IOException {
    PageHeaders.write(response, file.type());
    response.setHeader("Cache-Control", "private, max-age=31536000, immutable");
    response.getOutputStream().write(file.text().getBytes(UTF_8));
  }
}
