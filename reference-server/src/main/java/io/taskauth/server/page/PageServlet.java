package io.taskauth.server.page;

import io.taskauth.server.web.ForeignSites;
import io.taskauth.server.web.PathSegments;
import io.taskauth.server.web.Refusal;
import io.taskauth.server.web.Routed;
import io.taskauth.server.web.Routes;
import io.taskauth.store.AuthStoreException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Some of the server's pages, and what their forms send. */
public abstract class PageServlet extends HttpServlet implements Routed {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(PageServlet.class);

  private final transient Pages pages;

  protected PageServlet(Pages pages) {
    this.pages = pages;
  }

  protected abstract Routes<PageEndpoint> routes();

  @Override
  public final List<String> answered() {
    return routes().lines();
  }

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      ForeignSites.refuseChange(request);
      var match = routes().find(request.getMethod(), PathSegments.all(request));
      match.handler().answer(new Visit(request, response, pages, match.parameters()));
    } catch (Refusal refusal) {
      pages.problem(request, response, refusal);
    } catch (AuthStoreException e) {
      LOG.warn("the store is out: {}", e.toString());
      pages.problem(request, response, Refusal.storeUnavailable());
    }
  }
}
