package io.taskauth.server.live;

import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.Answers;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.server.web.Refusal;
import io.taskauth.servlet.LiveConnections;
import io.taskauth.servlet.TaskAuthPrincipal;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/** {@code /dashboard/stream}: what happens, as server-sent events, until the credential ends. */
public final class StreamServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient LiveHub hub;
  private final transient Administrators administrators;

  public StreamServlet(LiveHub hub, Administrators administrators) {
    this.hub = hub;
    this.administrators = administrators;
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (!request.getMethod().equals("GET")) {
      Answers.refuse(response, Refusal.methodNotAllowed(List.of("GET")));
      return;
    }
    PageHeaders.write(response, "text/event-stream;charset=utf-8");
    // Proxies that gather an answer before they pass it on would make it less than live.
    response.setHeader("X-Accel-Buffering", "no");
    AsyncContext async = request.startAsync();
    async.setTimeout(0);
    TaskAuthPrincipal principal = TaskAuthPrincipal.of(request).orElseThrow();
    Audience audience = Audience.of(principal, administrators);
    EndPoint wire =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    EventStream stream = new EventStream(audience, async, response.getOutputStream(), wire::close);
    if (!hub.join(stream)) {
      Answers.refuse(response, Refusal.overloaded("Too many live connections are open."));
      async.complete();
      return;
    }
    stream.whenOver(() -> hub.leave(stream));
    stream.whenOver(LiveConnections.bind(request, stream)::close);
    hub.catchUp(stream);
    response.getOutputStream().setWriteListener(stream);
  }
}
