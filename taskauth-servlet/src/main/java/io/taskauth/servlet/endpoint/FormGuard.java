package io.taskauth.servlet.endpoint;

import io.taskauth.audit.AuditType;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import java.util.Map;
import java.util.Optional;

/** The CSRF token of forms that are shown before there is a session. */
final class FormGuard {
  static final String STALE_FORM =
      "This form was open for too long, or your browser does not keep cookies. Please try again.";

  private FormGuard() {}

  /** The token for a form; the browser keeps the one it has, so that two tabs do not quarrel. */
  static String token(Exchange exchange) {
    Optional<String> known = exchange.formCsrfCookie().filter(exchange.auth().csrf()::isForm);
    if (known.isPresent()) {
      return known.get();
    }
    String fresh = exchange.auth().csrf().forForm(exchange.auth().ids().secret256());
    exchange.setFormCsrfCookie(fresh);
    return fresh;
  }

  /** Puts on record that a form came without its token. */
  static void refused(Exchange exchange) {
    exchange
        .auth()
        .audit()
        .of(AuditType.CSRF_REJECTED, (String) null, exchange.client(), Map.of("at", "form"));
  }

  static boolean holds(Exchange exchange, FormBody form) {
    return exchange
        .auth()
        .csrf()
        .isOfForm(
            exchange.formCsrfCookie().orElse(null), form.optionalText("_csrf", 256).orElse(null));
  }
}
