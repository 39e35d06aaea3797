package io.taskauth.server.dashboard;

import io.taskauth.TaskAuth;
import io.taskauth.page.PageRequest;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.server.jte.JtedashboardGenerated;
import io.taskauth.server.live.Audience;
import io.taskauth.server.live.LiveHub;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.Pages;
import io.taskauth.server.task.run.RunFilter;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.Administrators;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.work.Lane;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
  private final transient Pages pages;
  private final transient TaskRunner runner;
  private final transient LiveHub hub;
  private final transient Supplier<Map<String, String>> facts;
  private final transient Administrators administrators;
  private final transient TaskDesk desk;

  /**
   * @param facts what the process is and does at the moment
   */
  public DashboardServlet(
      TaskAuth auth,
      Pages pages,
      TaskRunner runner,
      LiveHub hub,
      Supplier<Map<String, String>> facts,
      TaskDesk desk) {
    this.auth = auth;
    this.pages = pages;
    this.runner = runner;
    this.hub = hub;
    this.facts = facts;
    this.administrators = new Administrators(auth.roles().administrator());
    this.desk = desk;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Frame frame = pages.frame(request, "Dashboard", "dashboard.css", "dashboard.js");
    DashboardView view = view(request);
    pages.show(response, 200, out -> JtedashboardGenerated.render(out, null, frame, view));
  }

  private DashboardView view(HttpServletRequest request) {
    TaskAuthPrincipal somebody = TaskAuthPrincipal.of(request).orElseThrow();
    Audience audience = Audience.of(somebody, administrators);
    List<Lane> lanes = runner.runs().lanes();
    return new DashboardView(
        somebody.user().orElse(null),
        somebody.user().isPresent() && administrators.include(somebody),
        desk.mayOperate(somebody),
        runner.isDraining(),
        sessions(somebody),
        TaskRow.all(runner, lanes),
        QueueRow.all(runner, lanes),
        runner.runs().newest(RunFilter.ALL, PageRequest.first(RUNS)).items().stream()
            .map(RunRow::of)
            .toList(),
        hub.recent(audience, EVENTS).stream().map(EventRow::of).toList(),
        facts.get());
  }

  private int sessions(TaskAuthPrincipal somebody) {
    return somebody.principal() instanceof SessionUser in
        ? auth.sessions().ofUser(in.account().id(), in.session()).size()
        : 0;
  }
}
