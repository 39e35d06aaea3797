package io.taskauth.servlet;

import io.taskauth.live.EndReason;
import io.taskauth.live.LiveConnection;
import io.taskauth.live.LiveRegistry.Registration;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.http.HttpServletRequest;
import java.io.Closeable;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends a host's own streams and sockets with the session, token or account that opened them, within
 * a second and on whatever node that came to its end.
 *
 * <pre>{@code
 * LiveConnections.Binding binding = LiveConnections.bind(request, asyncContext::complete);
 * }</pre>
 */
@SuppressWarnings("exports") // Whoever calls this has the servlet API.
public final class LiveConnections {
  private static final Logger log = LoggerFactory.getLogger(LiveConnections.class);

  private LiveConnections() {}

  /** Close it when the connection has come to its end by itself; the second time does nothing. */
  public interface Binding extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Closes {@code connection} when its time has come.
   *
   * @param request any that a {@link TaskAuthFilter} let pass
   * @see #bind(HttpServletRequest, LiveConnection)
   */
  public static Binding bind(HttpServletRequest request, Closeable connection) {
    return bind(request, (EndReason reason) -> close(connection));
  }

  /**
   * Ends {@code connection} when its time has come, and says why; a WebSocket is closed with {@link
   * EndReason#closeCode}. It is ended on another thread, perhaps before this method returns. On a
   * public path where nobody is signed in there is nothing to wait for, and nothing is ended. Where
   * the request is asynchronous by now, its end ends the binding.
   *
   * @param request any that a {@link TaskAuthFilter} let pass; not for later use, because
   *     containers use requests again
   * @throws IllegalStateException where no filter saw the request
   */
  public static Binding bind(HttpServletRequest request, LiveConnection connection) {
    if (request.getAttribute(TaskAuthPrincipal.SEEN) == null) {
      throw new IllegalStateException("no TaskAuthFilter let this request pass");
    }
    Binding binding =
        TaskAuthPrincipal.of(request).map(somebody -> bind(somebody, connection)).orElse(() -> {});
    if (request.isAsyncStarted()) {
      request.getAsyncContext().addListener(new WhenComplete(binding));
    }
    return binding;
  }

  /**
   * The same for whoever opened a connection whose request is gone, such as a WebSocket: take the
   * principal out of the handshake's request, and bind when the socket is open.
   */
  public static Binding bind(TaskAuthPrincipal openedBy, LiveConnection connection) {
    Registration known = openedBy.auth().live().register(openedBy.principal(), connection);
    return known::close;
  }

  /** Lets go of what has come to its end by itself. */
  private record WhenComplete(Binding binding) implements AsyncListener {
    @Override
    public void onComplete(AsyncEvent event) {
      binding.close();
    }

    @Override
    public void onTimeout(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {
      event.getAsyncContext().addListener(this);
    }
  }

  private static void close(Closeable connection) {
    try {
      connection.close();
    } catch (IOException | IllegalStateException e) {
      // The latter from an AsyncContext that was completed meanwhile.
      log.debug("a stream was at its end already", e);
    }
  }
}
