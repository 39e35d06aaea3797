package io.taskauth.servlet.endpoint;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteaccountGenerated;
import io.taskauth.servlet.jte.JteloginGenerated;
import io.taskauth.servlet.jte.JtelogoutGenerated;
import io.taskauth.servlet.jte.JteproblemGenerated;
import io.taskauth.servlet.jte.JtesetupGenerated;
import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Renders the pages. Threads may share it. */
public final class Pages {
  private final Assets assets;

  public Pages(Assets assets) {
    this.assets = assets;
  }

  /**
   * @param csrf the token that forms of the page carry, empty where it has none
   * @param user how to call who is signed in, or null
   */
  PageFrame frame(Exchange exchange, String title, String csrf, @Nullable String user) {
    return new PageFrame(
        title,
        exchange.settings().branding(),
        assets.stylesheets(exchange.base()),
        exchange.base(),
        csrf,
        user);
  }

  void login(
      Exchange exchange,
      int status,
      PageFrame frame,
      String username,
      String next,
      @Nullable String error)
      throws IOException {
    exchange.html(
        status, render(out -> JteloginGenerated.render(out, null, frame, username, next, error)));
  }

  void setup(
      Exchange exchange,
      int status,
      PageFrame frame,
      String username,
      String code,
      boolean needsCode,
      String next,
      @Nullable String error)
      throws IOException {
    exchange.html(
        status,
        render(
            out ->
                JtesetupGenerated.render(
                    out, null, frame, username, code, needsCode, next, error)));
  }

  void logout(Exchange exchange, PageFrame frame) throws IOException {
    exchange.html(200, render(out -> JtelogoutGenerated.render(out, null, frame)));
  }

  void account(
      Exchange exchange,
      int status,
      PageFrame frame,
      AccountView view,
      @Nullable String notice,
      @Nullable String error)
      throws IOException {
    exchange.html(
        status, render(out -> JteaccountGenerated.render(out, null, frame, view, notice, error)));
  }

  /** An error, for a person. */
  public void problem(Exchange exchange, Problem problem, @Nullable String user)
      throws IOException {
    PageFrame frame = frame(exchange, problem.code().title(), "", user);
    exchange.html(
        problem.code().status(),
        render(
            out ->
                JteproblemGenerated.render(
                    out, null, frame, problem.code().status(), problem.forPerson())));
  }

  /**
   * What the account page shows.
   *
   * @param ownPassword whether the password is kept here and can be changed here
   */
  public record AccountView(
      String username,
      String role,
      @Nullable String email,
      boolean ownPassword,
      List<SessionRow> sessions) {}

  private static String render(Consumer<OwaspHtmlTemplateOutput> template) {
    StringOutput text = new StringOutput(8 * 1024);
    template.accept(new OwaspHtmlTemplateOutput(text));
    return text.toString();
  }
}
