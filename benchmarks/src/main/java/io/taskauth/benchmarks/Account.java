package io.taskauth.benchmarks;

import io.taskauth.TaskAuth;
import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.login.Setup;
import io.taskauth.password.Password;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory.Opened;

/** Somebody who is signed in, and has a token besides. */
public record Account(String sessionToken, String csrfToken, String accessToken) {
  public static final String BROWSER =
      "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)"
          + " Chrome/141.0.0.0 Safari/537.36";

  /** Makes the first account of an empty store. */
  public static Account in(TaskAuth auth) {
    ClientInfo client = new ClientInfo("127.0.0.1", BROWSER);
    Setup setup = auth.setup().orElseThrow();
    if (!(setup.setUp("ada.lovelace", Password.of("the analytical engine"), null, client)
        instanceof Setup.Outcome.Done done)) {
      throw new IllegalStateException("the store is not empty");
    }
    Opened opened = done.session();
    if (!(auth.accessTokens()
            .orElseThrow()
            .create(
                opened.user(),
                opened.session().id(),
                "benchmark",
                Scopes.unlimited(),
                Expiry.never(),
                client)
        instanceof AccessTokens.Outcome.Created created)) {
      throw new IllegalStateException("no token was made");
    }
    return new Account(
        opened.token().reveal(),
        auth.csrf().forSession(opened.session().id()),
        created.secret().reveal());
  }

  /** As a browser asks. */
  public String requestWithSession() {
    return requestWithCookies(cookies());
  }

  /** As a browser asks that has these cookies. */
  public static String requestWithCookies(String cookies) {
    return request("Cookie: " + cookies + "\r\n");
  }

  /** As a browser asks whose session we have not signed. */
  public String requestWithForgery() {
    int signature = sessionToken.lastIndexOf('.') + 1;
    char other = sessionToken.charAt(signature) == 'A' ? 'B' : 'A';
    String forged =
        sessionToken.substring(0, signature) + other + sessionToken.substring(signature + 1);
    return requestWithCookies("theme=dark; taskauth_session=" + forged);
  }

  /** What a browser sends back, with a cookie of the host's own. */
  public String cookies() {
    return "theme=dark; taskauth_session=" + sessionToken + "; taskauth_csrf=" + csrfToken;
  }

  /** As a script asks. */
  public String requestWithToken() {
    return request("Authorization: Bearer " + accessToken + "\r\n");
  }

  private static String request(String credential) {
    return "GET /api/things/42?view=full HTTP/1.1\r\n"
        + "Host: 127.0.0.1\r\n"
        + "User-Agent: "
        + BROWSER
        + "\r\nAccept: application/json\r\nAccept-Language: en-GB,en;q=0.9\r\n"
        + "Accept-Encoding: gzip, deflate, br\r\n"
        + credential
        + "\r\n";
  }
}
