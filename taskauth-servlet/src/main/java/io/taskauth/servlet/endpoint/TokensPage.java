package io.taskauth.servlet.endpoint;

import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.page.Page;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.jte.JtetokensGenerated;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** {@code /auth/admin/tokens}: everybody's tokens. */
final class TokensPage {
  private static final String PATH = "/auth/admin/tokens";
  private static final int PAGE = 25;

  private final Pages pages;

  TokensPage(Pages pages) {
    this.pages = pages;
  }

  List<Route> routes() {
    return List.of(
        Route.adminSession("GET", PATH, this::list),
        Route.adminSession("POST", PATH, this::revoke));
  }

  private void revoke(Exchange exchange, Endpoint.Caller caller) throws IOException {
    FormBody form = exchange.formBody();
    TokenWork.revokeOfAnybody(exchange, caller.user(), form.text("token", 64));
    exchange.redirect(303, exchange.base() + PATH + "?done=revoked");
  }

  private void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    Instant now = exchange.auth().clock().instant();
    Page<StoredToken> found = TokensApi.all(exchange, PAGE);
    TokensView view =
        new TokensView(
            found.items().stream().map(row -> TokenRow.of(row, exchange.base(), now)).toList(),
            Paging.of(exchange, PATH, Map.of(), found),
            exchange
                .parameter("done")
                .filter("revoked"::equals)
                .map(d -> "The token is revoked.")
                .orElse(null));
    PageFrame frame = pages.frame(exchange, "Tokens", caller.signedIn());
    pages.show(exchange, 200, out -> JtetokensGenerated.render(out, null, frame, view));
  }
}
