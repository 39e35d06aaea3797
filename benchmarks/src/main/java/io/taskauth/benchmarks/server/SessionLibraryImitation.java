package io.taskauth.benchmarks.server;

import io.taskauth.benchmarks.Stores;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * An imitation of a session library as they are common, written for this comparison only: for each
 * request it reads the session with its attributes from the store, lets the request pass, and
 * writes down when the session was last used. It sends what Spring Session sends, but neither
 * checks a signature nor builds objects out of the attributes, so it costs less than a real one.
 */
abstract class SessionLibraryImitation implements Filter, AutoCloseable {
  static final String COOKIE = "SESSION=";

  /** About what a signed-in user takes as a serialized security context. */
  static final byte[] ATTRIBUTE = new byte[1024];

  static SessionLibraryImitation over(String address) {
    return Stores.name(address).equals("redis")
        ? new RedisSessionImitation(address)
        : new PostgresSessionImitation(address);
  }

  /** Makes a session of that id. */
  abstract void create(String id);

  /** Whether there is such a session. */
  abstract boolean read(String id);

  abstract void touch(String id);

  @Override
  public abstract void close();

  @Override
  public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    String cookies = ((HttpServletRequest) request).getHeader("Cookie");
    String id = cookies.substring(cookies.indexOf(COOKIE) + COOKIE.length());
    if (!read(id)) {
      ((HttpServletResponse) response).sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    chain.doFilter(request, response);
    touch(id);
  }
}
