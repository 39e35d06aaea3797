package io.taskauth.servlet;

import jakarta.servlet.Filter;
import java.util.function.Consumer;
import org.eclipse.jetty.ee10.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.http.UriCompliance;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Jetty 12.1. */
final class JettyContainer implements Container {
  private final Server server = new Server();
  private final ServerConnector connector;

  private JettyContainer(HttpConfiguration http) {
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
  }

  static JettyContainer start(String contextPath, Filter gate) throws Exception {
    return start(contextPath, gate, new HttpConfiguration(), context -> {});
  }

  /** With the compliance that lets {@code %2F} reach servlets. */
  static JettyContainer withEncodedSlashes(String contextPath, Filter gate) throws Exception {
    HttpConfiguration http = new HttpConfiguration();
    http.setUriCompliance(
        UriCompliance.from("RFC3986,AMBIGUOUS_PATH_SEPARATOR,AMBIGUOUS_PATH_ENCODING"));
    return start(
        contextPath,
        gate,
        http,
        context -> context.getServletHandler().setDecodeAmbiguousURIs(true));
  }

  private static JettyContainer start(
      String contextPath, Filter gate, HttpConfiguration http, Consumer<ServletContextHandler> more)
      throws Exception {
    JettyContainer jetty = new JettyContainer(http);
    ServletContextHandler context = new ServletContextHandler();
    context.setContextPath(contextPath.isEmpty() ? "/" : contextPath);
    ErrorPageErrorHandler errors = new ErrorPageErrorHandler();
    errors.addErrorPage(500, HostApp.ERROR_PAGE);
    context.setErrorHandler(errors);
    context.addServletContainerInitializer(
        (classes, servletContext) -> HostApp.install(servletContext, gate));
    more.accept(context);
    jetty.server.setHandler(context);
    jetty.server.start();
    return jetty;
  }

  @Override
  public int port() {
    return connector.getLocalPort();
  }

  @Override
  public void stop() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
