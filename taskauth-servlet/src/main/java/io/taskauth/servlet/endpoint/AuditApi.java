package io.taskauth.servlet.endpoint;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.audit.AuditJson;
import io.taskauth.audit.AuditLog;
import io.taskauth.audit.AuditType;
import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.ListQuery;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.LoginKey;
import io.taskauth.user.User;
import java.io.IOException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** {@code /api/auth/audit}: what has happened. */
final class AuditApi {
  private static final int PAGE = 100;

  List<Route> routes() {
    return List.of(Route.adminApi("GET", "/api/auth/audit", AuditApi::list));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    exchange.json(200, Lists.json(search(exchange, PAGE), AuditJson::members));
  }

  /** The page of events that the query asks for; for the page too. */
  static Page<AuditEvent> search(Exchange exchange, int standardLimit) {
    AuditLog log = exchange.auth().auditLog().orElseThrow(AccountWork::noStore);
    AuditFilter filter =
        new AuditFilter(
            parameter(exchange, "event").map(AuditApi::type).orElse(null),
            parameter(exchange, "user").map(typed -> about(exchange, typed)).orElse(null));
    try {
      return log.newest(filter, ListQuery.page(exchange, standardLimit));
    } catch (BadCursorException e) {
      throw ListQuery.badCursor();
    }
  }

  private static Optional<String> parameter(Exchange exchange, String name) {
    return Optional.of(ListQuery.search(exchange, name, SignIn.NAME_LENGTH))
        .filter(text -> !text.isEmpty());
  }

  private static AuditType type(String code) {
    return AuditType.ofCode(code)
        .orElseThrow(() -> Problem.field("event", "is no kind of event, such as login_failure."));
  }

  /** An id, a user name or an e-mail; also of an account that is gone, or never was. */
  private static About about(Exchange exchange, String typed) {
    Optional<UUID> id = AccountWork.id(typed);
    Optional<User> account =
        id.isPresent()
            ? AccountWork.users(exchange).find(id.get())
            : AccountWork.users(exchange).findByLogin(typed);
    Set<LoginKey> names = new HashSet<>();
    if (id.isEmpty()) {
      names.add(LoginKey.of(typed));
    }
    account.ifPresent(user -> names.addAll(keys(user)));
    return new About(id.or(() -> account.map(User::id)).orElse(null), names);
  }

  private static List<LoginKey> keys(User user) {
    EmailAddress email = user.email();
    return email == null
        ? List.of(user.username().key())
        : List.of(user.username().key(), email.key());
  }
}
