package io.taskauth.server.web;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** A part of the JSON API. */
public abstract class ApiServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /**
   * @throws Refusal where the answer is an error
   */
  protected abstract void answer(Call call) throws IOException;

  @Override
  protected final void service(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    try {
      answer(new Call(request, response));
    } catch (Refusal refusal) {
      Answers.refuse(response, refusal);
    }
  }
}
