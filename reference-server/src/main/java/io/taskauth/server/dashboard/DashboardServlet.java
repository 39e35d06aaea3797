package io.taskauth.server.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.taskauth.TaskAuth;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.server.jte.JtedashboardGenerated;
import io.taskauth.server.live.Audience;
import io.taskauth.server.live.LiveHub;
import io.taskauth.server.task.RunFilter;
import io.taskauth.server.task.TaskRunner;
import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.TaskAuthPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * {@code /dashboard}: who is signed in, what runs and what happens. The script makes it live; the
 * page says the same without one, as of when it was loaded.
 */
public final class DashboardServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final int RUNS = 20;
  private static final int EVENTS = 10;

  private final transient TaskAuth auth;
  private final transient TaskAuthFilter filter;
  private final transient TaskRunner runner;
  private final transient LiveHub hub;
  private final transient Assets assets;
  private final transient Supplier<Map<String, String>> facts;
  private final transient Administrators administrators;
  private final String operator;

  /**
   * @param facts what the process is and does at the moment
   * @param operator the role that starting a task takes
   */
  public DashboardServlet(
      TaskAuth auth,
      TaskAuthFilter filter,
      TaskRunner runner,
      LiveHub hub,
      Assets assets,
      Supplier<Map<String, String>> facts,
      String operator) {
    this.auth = auth;
    this.filter = filter;
    this.runner = runner;
    this.hub = hub;
    this.assets = assets;
    this.facts = facts;
    this.administrators = new Administrators(auth.roles().administrator());
    this.operator = operator;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    StringOutput page = new StringOutput(16_384);
    JtedashboardGenerated.render(new OwaspHtmlTemplateOutput(page), null, view(request));
    PageHeaders.write(response, "text/html;charset=utf-8");
    response.getOutputStream().write(page.toString().getBytes(UTF_8));
  }

  private DashboardView view(HttpServletRequest request) {
    TaskAuthPrincipal somebody = TaskAuthPrincipal.of(request).orElseThrow();
    Audience audience = Audience.of(somebody, administrators);
    return new DashboardView(
        stylesheets(request),
        assets.script(),
        somebody.user().orElse(null),
        somebody.user().isPresent() && administrators.include(somebody),
        somebody.hasRole(operator),
        runner.isDraining(),
        sessions(somebody),
        runner.tasks().stream().map(TaskRow::of).toList(),
        runner.newest(RunFilter.ALL, RUNS).stream().map(RunRow::of).toList(),
        hub.recent(audience, EVENTS).stream().map(EventRow::of).toList(),
        facts.get());
  }

  private List<String> stylesheets(HttpServletRequest request) {
    List<String> sheets = new ArrayList<>(filter.stylesheets(request));
    sheets.add(assets.style());
    return sheets;
  }

  private int sessions(TaskAuthPrincipal somebody) {
    return somebody.principal() instanceof SessionUser in
        ? auth.sessions().ofUser(in.account().id(), in.session()).size()
        : 0;
  }
}
