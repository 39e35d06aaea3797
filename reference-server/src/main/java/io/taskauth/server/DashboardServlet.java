package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.taskauth.TaskAuth;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.server.jte.JtedashboardGenerated;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** {@code /dashboard}: who is signed in, their sessions, and what the process is doing. */
final class DashboardServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient TaskAuth auth;
  private final transient TaskAuthFilter filter;
  private final transient ProcessFacts facts;

  DashboardServlet(TaskAuth auth, TaskAuthFilter filter, ProcessFacts facts) {
    this.auth = auth;
    this.filter = filter;
    this.facts = facts;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    TaskAuthPrincipal principal = TaskAuthPrincipal.of(request).orElseThrow();
    Optional<User> user = principal.user();
    List<Session> sessions =
        principal.principal() instanceof SessionUser in
            ? auth.sessions().ofUser(in.account().id(), in.session())
            : List.of();
    StringOutput page = new StringOutput(4096);
    JtedashboardGenerated.render(
        new OwaspHtmlTemplateOutput(page),
        null,
        filter.stylesheets(request),
        user.orElse(null),
        user.isPresent() && principal.hasRole(auth.roles().administrator().name()),
        sessions.size(),
        facts.now());
    PageHeaders.write(response, "text/html;charset=utf-8");
    response.getOutputStream().write(page.toString().getBytes(UTF_8));
  }
}
