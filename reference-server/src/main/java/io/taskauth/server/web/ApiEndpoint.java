package io.taskauth.server.web;

import java.io.IOException;
import java.util.List;

/** What answers one path of the JSON API. */
@FunctionalInterface
public interface ApiEndpoint {
  /**
   * @param parameters what stands in the places of the braces
   * @throws Refusal where the answer is an error
   */
  void answer(Call call, List<String> parameters) throws IOException;
}
