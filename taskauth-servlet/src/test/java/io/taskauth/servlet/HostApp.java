package io.taskauth.servlet;

import io.taskauth.access.TokenRoute;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterRegistration;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRegistration;
import java.util.EnumSet;

/** The host, and the gate in front of it, put into whatever container there is. */
final class HostApp {
  /** Where containers send a request that failed. */
  static final String ERROR_PAGE = "/oops";

  private HostApp() {}

  static WebOptions options(Mount mount) {
    String base = mount.mountPath;
    return WebOptions.defaults()
        .mountPath(base)
        .trustedProxies("127.0.0.1", "::1")
        .publicPaths(base + "/public/*", base + "/api/open")
        .sameOriginForms(base + "/console/*", base + "/admin/console/*", base + "/public/console")
        .requireRole("admin", base + "/admin/*")
        .requireRole("admin", base + "/reports", "GET")
        .requireRole("operator", base + "/run/*", "POST")
        .tokenRoute(TokenRoute.at(base + "/machine"))
        .tokenRoute(TokenRoute.at(base + "/machine/stream"))
        .tokenRoute(TokenRoute.at(base + "/public/machine"))
        .tokenRoute(TokenRoute.at(base + "/drain").methods("GET", "POST").scope("drain"))
        .tokenRoute(TokenRoute.at(base + "/drain").methods("DELETE"))
        .tokenRoute(TokenRoute.at(base + "/here").loopbackOnly())
        .tokenRoute(TokenRoute.at(base + "/metrics").scope("metrics").orUser())
        .tokenRoute(TokenRoute.at(base + "/admin/metrics").orUser())
        .tokenRoute(TokenRoute.at(base + "/public/metrics").orUser())
        .navigation("Jobs & more", mount.base() + "/jobs")
        .navigation("Reports", mount.base() + "/reports", "admin")
        .webSocket(base + "/ws", base + "/admin/ws", base + "/public/ws")
        .webSocket(base + "/ws/async", base + "/ws/error", base + "/ws/forward");
  }

  static void install(ServletContext context, Filter gate) {
    ServletRegistration.Dynamic servlet = context.addServlet("host", new HostServlet());
    servlet.setAsyncSupported(true);
    servlet.addMapping("/*");
    FilterRegistration.Dynamic filter = context.addFilter("taskauth", gate);
    filter.setAsyncSupported(true);
    filter.addMappingForUrlPatterns(EnumSet.allOf(DispatcherType.class), false, "/*");
  }
}
