package io.taskauth.server.live;

import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.Answers;
import io.taskauth.server.web.Refusal;
import io.taskauth.servlet.LiveConnections;
import io.taskauth.servlet.TaskAuthPrincipal;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.FutureCallback;
import org.eclipse.jetty.websocket.server.ServerUpgradeRequest;
import org.eclipse.jetty.websocket.server.ServerUpgradeResponse;
import org.eclipse.jetty.websocket.server.ServerWebSocketContainer;

/** {@code /ws}: a WebSocket for whoever the filter let pass. */
public final class SocketServlet extends HttpServlet {
  /** The only protocol spoken here. The ticket may come as another one, and never goes back. */
  public static final String PROTOCOL = "taskauth.v1";

  private static final long serialVersionUID = 1;
  private static final int MAX_MESSAGE = 64 * 1024;

  private final transient ServerWebSocketContainer container;
  private final transient LiveHub hub;
  private final transient TaskDesk desk;
  private final transient Administrators administrators;

  public SocketServlet(
      ServerWebSocketContainer container,
      LiveHub hub,
      TaskDesk desk,
      Administrators administrators) {
    this.container = container;
    this.hub = hub;
    this.desk = desk;
    this.administrators = administrators;
  }

  /** To be called before the server starts. */
  public static ServerWebSocketContainer container(Server server, ServletContextHandler context) {
    ServerWebSocketContainer container = ServerWebSocketContainer.ensure(server, context);
    container.setMaxTextMessageSize(MAX_MESSAGE);
    container.setMaxBinaryMessageSize(MAX_MESSAGE);
    container.setMaxFrameSize(MAX_MESSAGE);
    container.setIdleTimeout(Duration.ofSeconds(60));
    return container;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      Answers.refuse(response, Refusal.methodNotAllowed(List.of("GET")));
      return;
    }
    TaskAuthPrincipal principal = TaskAuthPrincipal.of(request).orElseThrow();
    Socket socket =
        new Socket(
            Audience.of(principal, administrators),
            subscribe -> new SocketMethods(principal, desk, subscribe));
    if (!hub.join(socket)) {
      Answers.refuse(response, Refusal.overloaded("Too many live connections are open."));
      return;
    }
    socket.whenOver(() -> hub.leave(socket));
    socket.whenOver(LiveConnections.bind(request, socket)::close);
    boolean opened = false;
    try {
      opened = upgrade(request, socket);
    } finally {
      if (!opened) {
        socket.over();
      }
    }
    if (!opened && !response.isCommitted()) {
      Answers.refuse(response, Refusal.upgradeRequired());
    }
  }

  private boolean upgrade(HttpServletRequest request, Socket socket) throws IOException {
    ServletContextRequest wire = ServletContextRequest.getServletContextRequest(request);
    FutureCallback done = new FutureCallback();
    boolean opened =
        container.upgrade(
            (asked, answer, callback) -> agree(asked, answer, socket),
            wire,
            wire.getServletContextResponse(),
            done);
    if (opened) {
      done.block();
    }
    return opened;
  }

  private static Socket agree(
      ServerUpgradeRequest asked, ServerUpgradeResponse answer, Socket socket) {
    if (asked.getSubProtocols().contains(PROTOCOL)) {
      answer.setAcceptedSubProtocol(PROTOCOL);
    }
    // Compression would let the length of a message tell what is in it, and cost memory for each.
    answer.setExtensions(List.of());
    return socket;
  }
}
