package io.taskauth.servlet.endpoint;

import io.taskauth.access.SafeRedirect;
import io.taskauth.principal.Credential;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.SameSite;
import io.taskauth.servlet.jte.JteonwardGenerated;
import java.io.IOException;
import java.net.URI;

/**
 * A page that goes on to another address by itself, where a redirect will not do. It needs no
 * script. Threads may share it.
 */
public final class OnwardPage {
  private final Pages pages;

  public OnwardPage(Pages pages) {
    this.pages = pages;
  }

  /**
   * Shows the page that was asked for to whoever was just signed in. The redirect from the provider
   * is a link of another site's, so that a session cookie that is {@code SameSite=Strict} has not
   * come with it (RFC 6265bis, section 5.2); it comes when this page asks once more.
   *
   * @return whether the request is answered
   */
  public boolean bringCookie(Exchange exchange) throws IOException {
    boolean page = exchange.wantsPage() && exchange.request().getMethod().equals("GET");
    // Led here by a page of our own, the browser has brought all that it has.
    boolean own = "same-origin".equals(exchange.request().getHeader("Sec-Fetch-Site"));
    if (!page || !isStrict(exchange) || !exchange.providerCookies().isBack()) {
      return false;
    }
    // Once only: where the cookie still does not come, the browser keeps none.
    exchange.providerCookies().clearBack();
    if (own || !(exchange.credential() instanceof Credential.None)) {
      return false;
    }
    String here = SafeRedirect.path(exchange.path().raw()).orElseGet(exchange::home);
    show(exchange, "You are signed in", "One moment…", "Continue", here);
    return true;
  }

  private static boolean isStrict(Exchange exchange) {
    return exchange.settings().sameSite() == SameSite.STRICT
        && exchange.auth().identityProviders().filter(all -> !all.all().isEmpty()).isPresent();
  }

  /**
   * Sends a browser to the provider to be signed out there too. Not by a redirect: forms of this
   * site lead nowhere else, by its Content-Security-Policy.
   */
  void signOutAt(Exchange exchange, SignOut.Onward onward) throws IOException {
    show(
        exchange,
        "You are signed out",
        "Now " + onward.label() + " is asked to sign you out, too.",
        "Continue to " + onward.label(),
        onward.address().toString());
  }

  /** Sends a browser back to the program on its computer that led it here; likewise. */
  void returnToProgram(Exchange exchange, String title, URI address) throws IOException {
    show(
        exchange,
        title,
        "You can go back to your terminal.",
        "Tell the command line, if it goes on waiting",
        address.toString());
  }

  private void show(Exchange exchange, String title, String text, String link, String address)
      throws IOException {
    PageFrame frame = pages.openFrame(exchange, title, "").leadingTo(address);
    pages.show(
        exchange, 200, out -> JteonwardGenerated.render(out, null, frame, text, link, address));
  }
}
