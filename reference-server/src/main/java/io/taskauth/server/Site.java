package io.taskauth.server;

import io.taskauth.TaskAuth;
import io.taskauth.server.dashboard.Assets;
import io.taskauth.server.dashboard.DashboardServlet;
import io.taskauth.server.live.LiveHub;
import io.taskauth.server.live.SocketServlet;
import io.taskauth.server.live.StreamServlet;
import io.taskauth.server.task.DrainApi;
import io.taskauth.server.task.RunsApi;
import io.taskauth.server.task.TaskRunner;
import io.taskauth.server.task.TasksApi;
import io.taskauth.server.web.Administrators;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Servlet;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** What is where: the filter in front of everything, and the server's own paths behind it. */
final class Site {
  static final String SOCKET = "/ws";

  private Site() {}

  static ServletContextHandler of(
      Server server,
      TaskAuth auth,
      WebOptions options,
      TaskRunner runner,
      LiveHub hub,
      ProcessFacts facts) {
    ServletContextHandler context = new ServletContextHandler("/", false, false);
    context.getServletHandler().setDecodeAmbiguousURIs(true);
    TaskAuthFilter filter = gate(context, auth, options);
    Administrators administrators = new Administrators(auth.roles().administrator());

    add(context, "/health", new HealthServlet());
    add(context, "/readiness", new ReadinessServlet(auth, runner));
    add(context, "/metrics", new MetricsServlet(auth.measurements()));
    add(context, "/api/drain", new DrainApi(runner));
    add(context, "/api/tasks/*", new TasksApi(runner));
    add(context, "/api/runs/*", new RunsApi(runner, administrators));

    Assets assets = new Assets();
    add(context, "", new HomeServlet());
    add(
        context,
        "/dashboard",
        new DashboardServlet(auth, filter, runner, hub, assets, facts::now, AuthFactory.OPERATOR));
    add(context, Assets.PATH + "/*", assets);
    add(context, "/dashboard/stream", new StreamServlet(hub, administrators));
    add(
        context,
        SOCKET,
        new SocketServlet(
            SocketServlet.container(server, context),
            hub,
            runner,
            administrators,
            AuthFactory.OPERATOR));
    add(context, "/", new NotFoundServlet());
    return context;
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
