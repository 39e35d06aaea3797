package io.taskauth.servlet;

import io.taskauth.live.EndReason;
import io.taskauth.live.LiveConnection;
import io.taskauth.live.LiveRegistry.Registration;
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
   * public path where nobody is signed in there is nothing to wait for, and nothing is ended.
   *
   * @param request any that a {@link TaskAuthFilter} let pass
   */
  public static Binding bind(HttpServletRequest request, LiveConnection connection) {
    return TaskAuthPrincipal.of(request)
        .map(somebody -> bind(somebody, connection))
        .orElse(() -> {});
  }

  private static Binding bind(TaskAuthPrincipal somebody, LiveConnection connection) {
    Registration known = somebody.auth().live().register(somebody.principal(), connection);
    return known::close;
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
