package io.taskauth.server.page;

import gg.jte.html.OwaspHtmlTemplateOutput;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.servlet.TaskAuthPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;

/** One request of a page, or of a form on it, and its answer. */
public final class Visit {
  private final HttpServletRequest request;
  private final HttpServletResponse response;
  private final Pages pages;
  private final List<String> parameters;

  Visit(
      HttpServletRequest request,
      HttpServletResponse response,
      Pages pages,
      List<String> parameters) {
    this.request = request;
    this.response = response;
    this.pages = pages;
    this.parameters = parameters;
  }

  /** What stands in the place of the route's nth brace. */
  public String parameter(int n) {
    return parameters.get(n);
  }

  public TaskAuthPrincipal principal() {
    return TaskAuthPrincipal.of(request).orElseThrow();
  }

  /** A field of the form or the query, without the spaces around it; empty where it is missing. */
  public String text(String name) {
    String text = request.getParameter(name);
    return text == null ? "" : text.strip();
  }

  /** Whether the form or the query has such a field, filled or not. */
  public boolean has(String name) {
    return request.getParameter(name) != null;
  }

  /** A field to the letter; empty where it is missing. */
  public String raw(String name) {
    String text = request.getParameter(name);
    return text == null ? "" : text;
  }

  /** All that was chosen under one name. */
  public List<String> texts(String name) {
    String[] texts = request.getParameterValues(name);
    return texts == null ? List.of() : List.of(texts);
  }

  public Frame frame(String title, String... files) {
    return pages.frame(request, title, files);
  }

  public void show(int status, Consumer<OwaspHtmlTemplateOutput> template) throws IOException {
    pages.show(response, status, template);
  }

  /** Leads to another page, so that loading that one again does not send the form again. */
  public void seeOther(String path) {
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", path);
    PageHeaders.write(response, "text/html;charset=utf-8");
  }
}
