package io.taskauth.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Writes answers in JSON, with the headers that all of them have. */
public final class Answers {
  private Answers() {}

  public static void json(HttpServletResponse response, int status, Object body)
      throws IOException {
    write(response, status, "application/json", body);
  }

  public static void refuse(HttpServletResponse response, Refusal refusal) throws IOException {
    refusal.headers().forEach(response::setHeader);
    write(response, refusal.status(), "application/problem+json", refusal.members());
  }

  private static void write(HttpServletResponse response, int status, String type, Object body)
      throws IOException {
    response.setStatus(status);
    PageHeaders.write(response, type);
    response.getOutputStream().write(Json.text(body).getBytes(UTF_8));
  }
}
