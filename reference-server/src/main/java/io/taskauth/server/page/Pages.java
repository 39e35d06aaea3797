package io.taskauth.server.page;

import static java.nio.charset.StandardCharsets.UTF_8;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.taskauth.TaskAuth;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.server.jte.JteproblemGenerated;
import io.taskauth.server.web.Administrators;
import io.taskauth.server.web.PageHeaders;
import io.taskauth.server.web.Refusal;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.TaskAuthPrincipal;
import io.taskauth.user.User;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Renders the server's pages in the layout that they share. Threads may share it. */
public final class Pages {
  private final TaskAuth auth;
  private final TaskAuthFilter filter;
  private final Assets assets;
  private final Administrators administrators;

  public Pages(TaskAuth auth, TaskAuthFilter filter, Assets assets) {
    this.auth = auth;
    this.filter = filter;
    this.assets = assets;
    this.administrators = new Administrators(auth.roles().administrator());
  }

  /**
   * The frame of a page for whoever asks.
   *
   * @param files names of {@link Assets} besides what every page has: scripts and style sheets
   */
  public Frame frame(HttpServletRequest request, String title, String... files) {
    Optional<TaskAuthPrincipal> somebody = TaskAuthPrincipal.of(request);
    List<String> sheets = new ArrayList<>(filter.stylesheets(request));
    sheets.add(assets.address("pages.css"));
    List<String> scripts = new ArrayList<>(List.of(filter.script(request)));
    for (String file : files) {
      (file.endsWith(".css") ? sheets : scripts).add(assets.address(file));
    }
    return new Frame(
        title,
        request.getServletPath(),
        sheets,
        scripts,
        somebody.map(this::csrf).orElse(""),
        somebody.flatMap(TaskAuthPrincipal::user).map(User::label).orElse(null),
        somebody.isPresent(),
        somebody.filter(administrators::include).isPresent());
  }

  /** Bound to the session. Whoever comes with a token, or without authentication, needs none. */
  private String csrf(TaskAuthPrincipal somebody) {
    return somebody.principal() instanceof SessionUser in
        ? auth.csrf().forSession(in.session().id())
        : "";
  }

  public void show(
      HttpServletResponse response, int status, Consumer<OwaspHtmlTemplateOutput> template)
      throws IOException {
    StringOutput text = new StringOutput(16 * 1024);
    template.accept(new OwaspHtmlTemplateOutput(text));
    response.setStatus(status);
    PageHeaders.write(response, "text/html;charset=utf-8");
    response.getOutputStream().write(text.toString().getBytes(UTF_8));
  }

  /** An error, for a person. */
  public void problem(HttpServletRequest request, HttpServletResponse response, Refusal refusal)
      throws IOException {
    refusal.headers().forEach(response::setHeader);
    Frame frame = frame(request, refusal.title());
    String detail = String.valueOf(refusal.getMessage());
    show(
        response,
        refusal.status(),
        out -> JteproblemGenerated.render(out, null, frame, refusal.status(), detail));
  }
}
