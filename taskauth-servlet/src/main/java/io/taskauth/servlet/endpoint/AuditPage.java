package io.taskauth.servlet.endpoint;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.page.Page;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.jte.JteauditGenerated;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code /auth/admin/audit}: what has happened. */
final class AuditPage {
  private static final String PATH = "/auth/admin/audit";
  private static final int PAGE = 50;

  private final Pages pages;

  AuditPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(Route.adminSession("GET", PATH, this::show));
  }

  private void show(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Page<AuditEvent> found = AuditApi.search(exchange, PAGE);
    String event = exchange.parameter("event").orElse("");
    String user = exchange.parameter("user").orElse("").strip();
    AuditView view =
        new AuditView(
            event,
            user,
            Stream.of(AuditType.values()).map(AuditType::code).sorted().toList(),
            found.items().stream().map(AuditPage::row).toList(),
            Paging.of(exchange, PATH, new TreeMap<>(Map.of("event", event, "user", user)), found));
    PageFrame frame = pages.frame(exchange, "Audit log", caller.signedIn());
    pages.show(exchange, 200, out -> JteauditGenerated.render(out, null, frame, view));
  }

  private static AuditRow row(AuditEvent event) {
    Map<String, String> details = new TreeMap<>(event.details());
    String target = details.remove(AuditEvent.TARGET_USERNAME);
    return new AuditRow(
        Moment.of(event.at(), Times.second(event.at())),
        event.type().code(),
        event.outcome() == AuditEvent.Outcome.FAILURE,
        event.username() == null ? "" : event.username(),
        target == null ? "" : target,
        event.ip() == null ? "" : event.ip(),
        UserAgents.describe(event.userAgent()),
        details.entrySet().stream()
            .map(detail -> detail.getKey().replace('_', ' ') + ": " + detail.getValue())
            .collect(Collectors.joining(" · ")));
  }
}
