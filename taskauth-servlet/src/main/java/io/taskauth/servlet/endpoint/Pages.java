package io.taskauth.servlet.endpoint;

import gg.jte.html.OwaspHtmlTemplateOutput;
import gg.jte.output.StringOutput;
import io.taskauth.principal.Principal;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.HostLink;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteproblemGenerated;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Renders the pages. Threads may share it. */
public final class Pages {
  private final Assets assets;

  public Pages(Assets assets) {
    this.assets = assets;
  }

  /** For a page that is shown before there is a session. */
  PageFrame openFrame(Exchange exchange, String title, String csrf) {
    return frame(exchange, title, csrf, Optional.empty());
  }

  /** For a page of somebody who is signed in; its forms are bound to the session. */
  PageFrame frame(Exchange exchange, String title, SessionUser user) {
    String csrf = exchange.auth().csrf().forSession(user.session().id());
    return frame(exchange, title, csrf, Optional.of(user));
  }

  private PageFrame frame(
      Exchange exchange, String title, String csrf, Optional<Principal> principal) {
    // Without a store there is nobody to manage.
    boolean administrator =
        exchange.auth().userAdministration().isPresent()
            && principal
                .filter(p -> p instanceof SessionUser)
                .filter(p -> isAdministrator(exchange, p))
                .isPresent();
    @Nullable String user = principal.flatMap(Principal::user).map(User::label).orElse(null);
    return new PageFrame(
        title,
        "/" + String.join("/", exchange.ownPath().orElse(exchange.path().segments())),
        exchange.settings().branding(),
        assets.stylesheets(exchange.base()),
        assets.script(exchange.base()),
        exchange.base(),
        csrf,
        user,
        principal.map(p -> links(exchange, p)).orElse(List.of()),
        administrator,
        null);
  }

  private static List<HostLink> links(Exchange exchange, Principal principal) {
    return exchange.settings().branding().links().stream()
        .filter(link -> link.role() == null || has(exchange, principal, link.role()))
        .toList();
  }

  private static boolean isAdministrator(Exchange exchange, Principal principal) {
    return has(exchange, principal, exchange.auth().roles().administrator());
  }

  private static boolean has(Exchange exchange, Principal principal, Role role) {
    return principal.has(role, exchange.auth().roles());
  }

  void show(Exchange exchange, int status, Consumer<OwaspHtmlTemplateOutput> template)
      throws IOException {
    StringOutput text = new StringOutput(8 * 1024);
    template.accept(new OwaspHtmlTemplateOutput(text));
    exchange.html(status, text.toString());
  }

  /** An error, for a person. */
  public void problem(Exchange exchange, Problem problem, Optional<Principal> principal)
      throws IOException {
    PageFrame frame = frame(exchange, problem.code().title(), "", principal);
    int status = problem.code().status();
    show(
        exchange,
        status,
        out -> JteproblemGenerated.render(out, null, frame, status, problem.forPerson()));
  }
}
