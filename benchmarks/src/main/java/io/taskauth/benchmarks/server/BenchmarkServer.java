package io.taskauth.benchmarks.server;

import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jspecify.annotations.Nullable;

/** One Jetty with the same small servlet behind different filters, told apart by the port. */
final class BenchmarkServer implements AutoCloseable {
  static final String THREADS = "benchmark-server";

  private final Server server = new Server(threads());
  private final ByConnector contexts = new ByConnector();

  /** What is protected: about the least that a servlet can do. */
  private static final class Greeting extends HttpServlet {
    private static final long serialVersionUID = 1;
    private static final String TEXT = "{\"greeting\":\"hello\"}";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws IOException {
      response.setContentType("application/json");
      response.setContentLength(TEXT.length());
      response.getOutputStream().print(TEXT);
    }
  }

  /** Jetty's own way of telling contexts apart costs the more the more there are. */
  private static final class ByConnector extends Handler.Sequence {
    private final Map<Connector, Handler> handlers = new HashMap<>();

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
      Handler handler = handlers.get(request.getConnectionMetaData().getConnector());
      return handler != null && handler.handle(request, response, callback);
    }
  }

  private static QueuedThreadPool threads() {
    QueuedThreadPool pool = new QueuedThreadPool(64, 64);
    pool.setName(THREADS);
    return pool;
  }

  BenchmarkServer() {
    server.setHandler(contexts);
  }

  /** One more site; null for no filter at all. */
  ServerConnector add(@Nullable Filter filter) {
    ServletContextHandler context = new ServletContextHandler("/");
    if (filter != null) {
      context.addFilter(new FilterHolder(filter), "/*", EnumSet.allOf(DispatcherType.class));
    }
    context.addServlet(new ServletHolder(new Greeting()), "/*");
    ServerConnector connector = new ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    contexts.addHandler(context);
    contexts.handlers.put(connector, context);
    return connector;
  }

  void start() {
    try {
      server.start();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
