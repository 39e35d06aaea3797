package io.taskauth.servlet;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** An application that knows nothing of logins: it says what it was asked, and by whom. */
public final class HostServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws ServletException, IOException {
    String path =
        request.getServletPath() + (request.getPathInfo() == null ? "" : request.getPathInfo());
    if (path.endsWith("/async")) {
      startAsync(request);
    } else if (path.endsWith("/error")) {
      throw new IllegalStateException("the host fails on purpose");
    } else if (path.endsWith("/stream")) {
      LiveStream.open(request, response);
    } else if (path.endsWith("/forward")) {
      request.getRequestDispatcher("/forwarded").forward(request, response);
    } else {
      echo(path, request, response);
    }
  }

  private static void startAsync(HttpServletRequest request) {
    AsyncContext async = request.startAsync();
    new Thread(() -> async.dispatch("/dispatched")).start();
  }

  private static void echo(String path, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/plain;charset=utf-8");
    response
        .getWriter()
        .write(
            String.join(
                "\n",
                "host",
                "method=" + request.getMethod(),
                "path=" + path,
                "dispatch=" + request.getDispatcherType(),
                "user=" + request.getRemoteUser(),
                "principal=" + request.getUserPrincipal(),
                "roles=" + roles(request),
                "scopes=" + scopes(request),
                "colour=" + request.getParameter("colour"),
                "query=" + request.getQueryString(),
                "queries=" + queries(request),
                "parameters=" + request.getParameterMap().keySet(),
                "protocols=" + Collections.list(request.getHeaders("Sec-WebSocket-Protocol")),
                "ticket=" + request.getParameter("ticket"),
                "tickets=" + Arrays.toString(request.getParameterValues("ticket")),
                "protocol=" + request.getHeader("Sec-WebSocket-Protocol"),
                "type=" + request.getAuthType(),
                "end"));
  }

  private static String roles(HttpServletRequest request) {
    return Stream.of("viewer", "operator", "admin", "nonsense")
        .filter(request::isUserInRole)
        .collect(Collectors.joining(","));
  }

  /** The queries of earlier requests, which containers keep for dispatches. */
  private static String queries(HttpServletRequest request) {
    return Collections.list(request.getAttributeNames()).stream()
        .filter(name -> name.endsWith(".query_string"))
        .map(name -> String.valueOf(request.getAttribute(name)))
        .collect(Collectors.joining(","));
  }

  private static String scopes(HttpServletRequest request) {
    return TaskAuthPrincipal.of(request).stream()
        .flatMap(who -> Stream.of("read", "admin", "deploy").filter(who::hasScope))
        .collect(Collectors.joining(","));
  }
}
