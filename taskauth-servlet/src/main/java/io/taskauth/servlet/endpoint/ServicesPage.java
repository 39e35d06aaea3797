package io.taskauth.servlet.endpoint;

import io.taskauth.access.TokenRoute;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.service.ServiceAccounts.Outcome;
import io.taskauth.servlet.endpoint.ServicesView.Choice;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteservicesGenerated;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code /auth/admin/services}: the accounts of machines. */
final class ServicesPage {
  private static final String PATH = "/auth/admin/services";
  private static final String CREATE = "create";
  private static final int MAX_TYPED = 4096;

  private static final List<Choice> LIVES =
      List.of(
          new Choice("90", "in 90 days"),
          new Choice("365", "in a year"),
          new Choice("never", "never"));
  private static final Map<String, OptionalInt> DAYS =
      Map.of("90", OptionalInt.of(90), "365", OptionalInt.of(365), "never", OptionalInt.empty());

  private static final List<Choice> OVERLAPS =
      List.of(
          new Choice("day", "one more day"),
          new Choice("now", "not at all"),
          new Choice("hour", "one more hour"),
          new Choice("week", "seven more days"));
  private static final Map<String, Duration> OVERLAP =
      Map.of(
          "now", Duration.ZERO,
          "hour", Duration.ofHours(1),
          "day", Duration.ofDays(1),
          "week", Duration.ofDays(7));

  /** What one answer shows besides what is always there. */
  private record Shown(
      int status,
      NewServiceForm typed,
      Outcome.@Nullable Made made,
      @Nullable String notice,
      @Nullable String error,
      boolean creating) {
    static Shown plain(@Nullable String notice) {
      return new Shown(200, NewServiceForm.blank(), null, notice, null, false);
    }

    static Shown token(Outcome.Made made) {
      return new Shown(200, NewServiceForm.blank(), made, null, null, false);
    }

    static Shown problem(Problem problem, NewServiceForm typed, boolean creating) {
      return new Shown(problem.code().status(), typed, null, null, problem.forPerson(), creating);
    }
  }

  private final Pages pages;

  ServicesPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.adminSession("GET", PATH, this::list),
        Route.adminSession("POST", PATH, this::change));
  }

  private void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    String notice =
        exchange
            .parameter("done")
            .filter("removed"::equals)
            .map(d -> "The machine is removed; its tokens are refused from now on.")
            .orElse(null);
    show(exchange, caller, Shown.plain(notice));
  }

  private void change(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    String action = form.text("action", 32);
    try {
      switch (action) {
        case CREATE ->
            show(exchange, caller, Shown.token(create(exchange, form, caller.signedIn())));
        case "rotate" ->
            show(exchange, caller, Shown.token(rotate(exchange, form, caller.signedIn())));
        case "remove" -> {
          ServiceWork.delete(exchange, caller.user(), form.text("service", 64));
          exchange.redirect(303, exchange.base() + PATH + "?done=removed");
        }
        default -> throw Problem.field("action", "is none that this page knows.");
      }
    } catch (Problem problem) {
      problem.headers().forEach(exchange.response()::setHeader);
      boolean creating = action.equals(CREATE);
      NewServiceForm typed = creating ? typed(form) : NewServiceForm.blank();
      show(exchange, caller, Shown.problem(problem, typed, creating));
    }
  }

  /** What was typed is shown again with what was wrong about it. */
  private static NewServiceForm typed(FormBody form) {
    return new NewServiceForm(
        form.text("name", MAX_TYPED), form.text("scopes", MAX_TYPED), form.text("expires", 32));
  }

  private static Outcome.Made create(Exchange exchange, FormBody form, SessionUser by) {
    OptionalInt days = DAYS.get(form.text("expires", 8));
    if (days == null) {
      throw Problem.field("expires", "must be 90, 365 or never.");
    }
    List<String> scopes =
        Stream.of(form.text("scopes", MAX_TYPED).split("[\\s,]+"))
            .filter(scope -> !scope.isEmpty())
            .toList();
    String name = form.text("name", ServiceWork.NAME_LENGTH);
    return ServiceWork.create(exchange, by, name, days, scopes);
  }

  private static Outcome.Made rotate(Exchange exchange, FormBody form, SessionUser by) {
    Duration overlap = OVERLAP.get(form.text("overlap", 8));
    if (overlap == null) {
      throw Problem.field("overlap", "must be now, hour, day or week.");
    }
    return ServiceWork.rotate(exchange, by, form.text("service", 64), overlap);
  }

  private void show(Exchange exchange, Endpoint.Caller caller, Shown shown) throws IOException {
    Instant now = exchange.auth().clock().instant();
    Outcome.Made made = shown.made();
    ServicesView view =
        new ServicesView(
            ServiceWork.accounts(exchange).all().stream()
                .map(account -> ServiceRow.of(account, now))
                .toList(),
            shown.typed(),
            knownScopes(exchange),
            LIVES,
            OVERLAPS,
            made == null ? null : made.token().reveal(),
            made == null ? "" : made.account().name().value(),
            shown.notice(),
            shown.error(),
            shown.creating());
    PageFrame frame = pages.frame(exchange, "Machines", caller.signedIn());
    pages.show(
        exchange, shown.status(), out -> JteservicesGenerated.render(out, null, frame, view));
  }

  private static List<String> knownScopes(Exchange exchange) {
    return exchange.settings().machines().tokenRoutes().stream()
        .map(TokenRoute::scope)
        .filter(Objects::nonNull)
        .distinct()
        .sorted()
        .toList();
  }
}
