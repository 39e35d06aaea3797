package io.taskauth.server;

import io.taskauth.TaskAuth;
import io.taskauth.server.dashboard.DashboardServlet;
import io.taskauth.server.dashboard.TaskPages;
import io.taskauth.server.install.Installation;
import io.taskauth.server.live.LiveHub;
import io.taskauth.server.live.SocketServlet;
import io.taskauth.server.live.StreamServlet;
import io.taskauth.server.page.Assets;
import io.taskauth.server.page.Pages;
import io.taskauth.server.task.api.TaskApis;
import io.taskauth.server.task.api.TaskChanges;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.task.run.TaskRunner;
import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.RoutedServlet;
import io.taskauth.server.webhook.WebhookPages;
import io.taskauth.server.webhook.WebhooksApi;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.webhook.Webhooks;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Supplier;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** What is where: the filter in front of everything, and the server's own paths behind it. */
final class Site {
  static final String SOCKET = "/ws";

  /** A file to import, written as a form writes it. */
  private static final int MAX_FORM = 2 * 1024 * 1024;

  private Site() {}

  /**
   * @param publicAddress where users reach the server, if that was said; asked once it listens
   */
  static ServletContextHandler of(
      Server server,
      TaskAuth auth,
      WebOptions options,
      TaskRunner runner,
      LiveHub hub,
      ProcessFacts facts,
      Supplier<Optional<String>> publicAddress) {
    ServletContextHandler context = new ServletContextHandler("/", false, false);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    context.setMaxFormContentSize(MAX_FORM);
    TaskAuthFilter filter = gate(context, auth, options);
    Administrators administrators = new Administrators(auth.roles().administrator());
    TaskChanges changes = new TaskChanges(runner, auth.audit());
    TaskDesk desk = new TaskDesk(runner, AuthFactory.OPERATOR, administrators);

    add(context, "/health", new HealthServlet());
    add(context, "/readiness", new ReadinessServlet(auth, runner));
    add(context, "/metrics", new MetricsServlet(auth.measurements(), runner.times()));
    for (RoutedServlet api : TaskApis.of(runner, desk, changes)) {
      add(context, api.mapping(), api);
    }

    Assets assets = new Assets();
    Pages pages = new Pages(auth, filter, assets);
    add(context, "", new HomeServlet());
    add(context, "/dashboard", new DashboardServlet(auth, pages, runner, hub, facts::now, desk));
    webhooks(context, auth.webhooks().orElseThrow(), pages);
    TaskPages taskPages = new TaskPages(pages, runner, desk, changes);
    add(context, "/tasks/*", taskPages);
    add(context, "/queues/*", taskPages);
    add(context, "/runs/*", taskPages);
    Installation.servlets(pages, publicAddress).forEach((path, it) -> add(context, path, it));
    add(context, Assets.PATH + "/*", assets);
    add(context, "/dashboard/stream", new StreamServlet(hub, administrators));
    add(
        context,
        SOCKET,
        new SocketServlet(SocketServlet.container(server, context), hub, desk, administrators));
    add(context, "/", new NotFoundServlet());
    return context;
  }

  private static void webhooks(ServletContextHandler context, Webhooks webhooks, Pages pages) {
    WebhooksApi api = new WebhooksApi(webhooks);
    add(context, "/api/webhooks/*", api);
    add(context, "/api/event-types", api);
    add(context, "/webhooks/*", new WebhookPages(webhooks, pages));
  }

  private static TaskAuthFilter gate(
      ServletContextHandler context, TaskAuth auth, WebOptions options) {
    TaskAuthFilter filter = new TaskAuthFilter(auth, options);
    FilterHolder holder = new FilterHolder(filter);
    holder.setAsyncSupported(true);
    context.addFilter(holder, "/*", EnumSet.allOf(DispatcherType.class));
    return filter;
  }

  private static void add(ServletContextHandler context, String path, Servlet servlet) {
    ServletHolder holder = new ServletHolder(servlet);
    holder.setAsyncSupported(true);
    context.addServlet(holder, path);
  }
}
