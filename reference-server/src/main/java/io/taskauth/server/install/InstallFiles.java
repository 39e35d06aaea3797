package io.taskauth.server.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.server.web.Answers;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.server.web.Refusal;
import io.taskauth.server.web.Routed;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Enumeration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/** {@code /cli/install.sh} and {@code /cli/download}. */
public final class InstallFiles extends HttpServlet implements Routed {
  /** Where the script is. */
  public static final String SCRIPT = "/cli/install.sh";

  /** Where the jar is. */
  public static final String JAR = "/cli/download";

  private static final long serialVersionUID = 1;

  /** Strangers who read slowly must not keep all threads. */
  private static final int AT_ONCE = 16;

  private final transient Semaphore places = new Semaphore(AT_ONCE);
  private final transient CommandLine commandLine;
  private final transient InstallScript script;

  InstallFiles(CommandLine commandLine, InstallScript script) {
    this.commandLine = commandLine;
    this.script = script;
  }

  @Override
  public List<String> answered() {
    return List.of("GET " + SCRIPT, "GET " + JAR);
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!List.of("GET", "HEAD").contains(request.getMethod())) {
      Answers.refuse(response, Refusal.methodNotAllowed(List.of("GET", "HEAD")));
    } else if (request.getServletPath().equals(JAR)) {
      jar(request, response);
    } else {
      script(response);
    }
  }

  private void script(HttpServletResponse response) throws IOException {
    Optional<String> server = script.address();
    if (server.isEmpty()) {
      Answers.refuse(response, Refusal.notFound(InstallPage.NO_ADDRESS));
      return;
    }
    byte[] text = script.text(server.get()).getBytes(UTF_8);
    PageHeaders.write(response, "text/x-shellscript;charset=utf-8");
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }

  private void jar(HttpServletRequest request, HttpServletResponse response) throws IOException {
    String tag = '"' + commandLine.sha256() + '"';
    PageHeaders.write(response, "application/java-archive");
    // To be kept, but asked about each time: the next version has the same address.
    response.setHeader("Cache-Control", "no-cache");
    response.setHeader("ETag", tag);
    if (matches(request.getHeaders("If-None-Match"), tag)) {
      response.setStatus(HttpServletResponse.SC_NOT_MODIFIED);
      return;
    }
    if (!places.tryAcquire()) {
      Answers.refuse(response, Refusal.overloaded("Too many download this at the moment."));
      return;
    }
    try {
      response.setHeader("Content-Disposition", "attachment; filename=\"taskauth.jar\"");
      response.setHeader("Repr-Digest", commandLine.reprDigest());
      response.setContentLength(commandLine.size());
      if (request.getMethod().equals("GET")) {
        commandLine.writeTo(response.getOutputStream());
      }
    } finally {
      places.release();
    }
  }

  /** As RFC 9110, section 13.1.2: a list, compared weakly. */
  private static boolean matches(Enumeration<String> headers, String tag) {
    while (headers.hasMoreElements()) {
      boolean here =
          Stream.of(headers.nextElement().split(","))
              .map(known -> known.strip().replaceFirst("^W/", ""))
              .anyMatch(known -> known.equals(tag) || known.equals("*"));
      if (here) {
        return true;
      }
    }
    return false;
  }
}
