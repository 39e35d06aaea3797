package io.taskauth.servlet.endpoint;

import io.taskauth.login.AuthorizationCode;
import io.taskauth.login.AuthorizationCodes;
import io.taskauth.login.LoopbackRequest;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.FormBody;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.jte.JteauthorizeGenerated;
import java.io.IOException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * {@code /auth/authorize}, the authorization endpoint (RFC 6749, section 3.1) for one client: the
 * command line on the user's own computer. It always asks: any program and any page can lead a
 * browser here (RFC 8252, section 8.6).
 */
final class AuthorizePage {
  static final String CLIENT_ID = "taskauth-cli";

  private static final int LENGTH = 256;

  private final Pages pages;
  private final OnwardPage onward;

  AuthorizePage(Pages pages) {
    this.pages = pages;
    this.onward = new OnwardPage(pages);
  }

  List<Route> routes() {
    return List.of(
        Route.session("GET", "/auth/authorize", this::ask),
        Route.session("POST", "/auth/authorize", this::answer));
  }

  private void ask(Exchange exchange, Endpoint.Caller caller) throws IOException {
    AuthorizationCodes unused = codes(exchange);
    LoopbackRequest request = request(name -> once(exchange, name));
    SessionUser user = caller.signedIn();
    PageFrame frame = pages.frame(exchange, "Sign in on the command line", user);
    String until = Times.minute(user.session().expiresAt());
    pages.show(
        exchange,
        200,
        out -> JteauthorizeGenerated.render(out, null, frame, CLIENT_ID, request, until));
  }

  private void answer(Exchange exchange, Endpoint.Caller caller) throws IOException {
    AuthorizationCodes codes = codes(exchange);
    FormBody form = exchange.formBody();
    LoopbackRequest request = request(name -> form.text(name, LENGTH));
    if (!form.text("answer", LENGTH).equals("yes")) {
      onward.returnToProgram(exchange, "Not signed in", request.denied());
      return;
    }
    SessionUser user = caller.signedIn();
    AuthorizationCode code =
        codes
            .issue(user.account(), user.session(), request)
            .orElseThrow(
                () -> Problem.of(ErrorCode.FORBIDDEN, "Your account is not open any more."));
    onward.returnToProgram(exchange, "Signed in on the command line", request.granted(code));
  }

  private static AuthorizationCodes codes(Exchange exchange) {
    return exchange.auth().authorizationCodes().orElseThrow(AccountWork::noStore);
  }

  /** A parameter that comes twice could be read as either (RFC 6749, section 3.1). */
  private static String once(Exchange exchange, String name) {
    List<String> values = exchange.parameters(name);
    return values.size() == 1 ? values.get(0) : "";
  }

  /**
   * Nothing is sent back to an address that did not hold up: complaints are for the person here.
   *
   * @throws Problem with 400 where the request is not the command line's
   */
  private static LoopbackRequest request(UnaryOperator<String> parameters) {
    boolean known =
        parameters.apply("response_type").equals("code")
            && parameters.apply("client_id").equals(CLIENT_ID)
            && parameters.apply("code_challenge_method").equals("S256");
    if (!known) {
      throw notOurs();
    }
    return LoopbackRequest.of(
            parameters.apply("redirect_uri"),
            parameters.apply("state"),
            parameters.apply("code_challenge"))
        .orElseThrow(AuthorizePage::notOurs);
  }

  private static Problem notOurs() {
    return Problem.of(
        ErrorCode.INVALID_REQUEST,
        "This is not an address that the command line made. Run \"taskauth login --browser\" once"
            + " more, and open the address that it prints as it stands.");
  }
}
