package io.taskauth.server.web;

import io.taskauth.store.AuthStoreException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A part of the JSON API. */
public abstract class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final Logger LOG = LoggerFactory.getLogger(ApiServlet.class);

  /**
   * @throws Refusal where the answer is an error
   */
  protected abstract void answer(Call call) throws IOException;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      ForeignSites.refuseChange(request);
      answer(new Call(request, response));
    } catch (Refusal refusal) {
      Answers.refuse(response, refusal);
    } catch (AuthStoreException e) {
      LOG.warn("the store is out: {}", e.toString());
      Answers.refuse(response, Refusal.storeUnavailable());
    }
  }
}
