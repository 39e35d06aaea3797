package io.taskauth.server.page;

import io.taskauth.server.web.Refusal;
import java.io.IOException;

/** What answers the request of a page, or the form that it sends. */
@FunctionalInterface
public interface PageEndpoint {
  /**
   * @throws Refusal where the answer is an error
   */
  void answer(Visit visit) throws IOException;
}
