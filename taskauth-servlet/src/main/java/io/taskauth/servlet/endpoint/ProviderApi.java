package io.taskauth.servlet.endpoint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Principal.SessionUser;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.provider.ProviderSignIns.Departure;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Json;
import io.taskauth.servlet.http.Problem;
import io.taskauth.servlet.http.SameSite;
import io.taskauth.session.Session;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code /api/auth/providers} and {@code /api/auth/oauth}: signing in with somebody else. The
 * browser comes here twice, before and after it was at the provider's.
 */
final class ProviderApi {
  static final String START = "/api/auth/oauth/start";
  static final String CALLBACK = "/api/auth/oauth/callback";
  private static final String LOGOUT = "/api/auth/oauth/backchannel-logout";

  /** What a provider may have to say to us (RFC 6749, section 4.1.2; RFC 9207). */
  private static final List<String> PARAMETERS = List.of("state", "code", "error", "iss");

  private static final int PARAMETER_LENGTH = 4096;
  private static final int LOGOUT_TOKEN_LENGTH = 16 * 1024;

  List<Route> routes() {
    return List.of(
        Route.open("GET", "/api/auth/providers", ProviderApi::list),
        Route.open("GET", START + "/*", ProviderApi::start),
        Route.open("GET", CALLBACK + "/*", ProviderApi::callback),
        Route.open("POST", LOGOUT + "/*", ProviderApi::backChannelLogout));
  }

  private static void list(Exchange exchange, Endpoint.Caller caller) throws IOException {
    List<IdentityProvider> providers =
        exchange
            .auth()
            .identityProviders()
            .filter(any -> exchange.auth().isEnabled())
            .map(IdentityProviders::all)
            .orElse(List.of());
    Map<String, @Nullable Object> json = Json.object();
    json.put("password_enabled", exchange.auth().isPasswordLoginEnabled());
    json.put("providers", providers.stream().map(ProviderApi::json).toList());
    exchange.json(200, json);
  }

  private static Map<String, @Nullable Object> json(IdentityProvider provider) {
    Map<String, @Nullable Object> json = Json.object();
    json.put("slot", provider.slot());
    json.put("label", provider.label());
    json.put("type", provider.type());
    return json;
  }

  private static void start(Exchange exchange, Endpoint.Caller caller) throws IOException {
    IdentityProvider provider = provider(exchange, caller);
    String next = Next.of(exchange, exchange.parameter("next").orElse(null));
    if (exchange.isFromElsewhere()) {
      // Nobody is to be signed in without having wanted it (OWASP ASVS 5.0, V7.6.2).
      exchange.redirect(302, login(exchange, "", next));
      return;
    }
    URI back = URI.create(exchange.link(CALLBACK + "/" + provider.slot()));
    String browser = exchange.providerCookies().browserForDeparture(exchange.auth().ids());
    Departure departure =
        providers(exchange)
            .signIns()
            .depart(provider, back, browser, next, current(exchange), exchange.client());
    if (departure instanceof Departure.To to) {
      exchange.redirect(302, to.address().toString());
    } else if (departure instanceof Departure.Throttled throttled) {
      throw Problem.tooManyAttempts(throttled.retryAfter())
          .told("Too many sign-ins were begun from your address. Wait a while.");
    } else if (departure instanceof Departure.Unavailable) {
      backToLogin(exchange, provider, ProviderError.PROVIDER_UNAVAILABLE, next);
    } else {
      backToLogin(exchange, provider, ProviderError.OAUTH_FAILED, next);
    }
  }

  private static @Nullable Session current(Exchange exchange) {
    return exchange.auth().authenticate(exchange.credential(), exchange.client())
                instanceof Authenticated in
            && in.principal() instanceof SessionUser user
        ? user.session()
        : null;
  }

  private static void callback(Exchange exchange, Endpoint.Caller caller) throws IOException {
    IdentityProvider provider = provider(exchange, caller);
    if (exchange.isForNobodysEyes()) {
      throw Problem.of(ErrorCode.CSRF_FAILED, "This address is for a page, not for a part of one.");
    }
    String browser = exchange.providerCookies().browser().orElse(null);
    Arrival arrival =
        providers(exchange)
            .signIns()
            .arrive(provider, parameters(exchange), browser, exchange.client());
    if (arrival instanceof Arrival.SignedIn in) {
      SignIn.enter(exchange, in.session());
      if (exchange.settings().sameSite() == SameSite.STRICT) {
        exchange.providerCookies().setBack();
      }
      exchange.redirect(302, Next.orHome(exchange, in.next()));
    } else if (arrival instanceof Arrival.Denied denied) {
      backToLogin(exchange, provider, ProviderError.OAUTH_DENIED, denied.next());
    } else if (arrival instanceof Arrival.Failed failed) {
      backToLogin(exchange, provider, ProviderError.OAUTH_FAILED, failed.next());
    } else if (arrival instanceof Arrival.Unavailable out) {
      backToLogin(exchange, provider, ProviderError.PROVIDER_UNAVAILABLE, out.next());
    } else {
      backToLogin(exchange, provider, ProviderError.OAUTH_STATE_INVALID, "");
    }
  }

  /** Those that came once (RFC 6749, section 3.1): of two, nobody knows which one was checked. */
  private static Map<String, String> parameters(Exchange exchange) {
    Map<String, String> parameters = new HashMap<>();
    for (String name : PARAMETERS) {
      List<String> values = exchange.parameters(name);
      if (values.size() == 1 && values.get(0).length() <= PARAMETER_LENGTH) {
        parameters.put(name, values.get(0));
      }
    }
    return parameters;
  }

  private static void backToLogin(
      Exchange exchange, IdentityProvider provider, ProviderError error, String next) {
    String query = "error=" + error.code() + "&slot=" + provider.slot();
    exchange.redirect(302, login(exchange, query, next));
  }

  private static String login(Exchange exchange, String query, String next) {
    String safe = Next.of(exchange, next);
    String more = safe.isEmpty() ? "" : "next=" + URLEncoder.encode(safe, UTF_8);
    String both = query + (query.isEmpty() || more.isEmpty() ? "" : "&") + more;
    return exchange.base() + "/auth/login" + (both.isEmpty() ? "" : "?" + both);
  }

  /** OpenID Connect Back-Channel Logout 1.0, section 2.8: 200 where it is done, else 400. */
  private static void backChannelLogout(Exchange exchange, Endpoint.Caller caller)
      throws IOException {
    IdentityProvider provider = provider(exchange, caller);
    String token = exchange.formBody().text("logout_token", LOGOUT_TOKEN_LENGTH);
    if (!providers(exchange).logouts().backChannel(provider, token, exchange.client())) {
      throw Problem.of(
          ErrorCode.INVALID_REQUEST,
          "The logout token is not valid here. The reason is in the audit log.");
    }
    exchange.json(200, Map.of("ok", true));
  }

  private static IdentityProvider provider(Exchange exchange, Endpoint.Caller caller) {
    if (exchange.request().getMethod().equals("HEAD")) {
      // It would use up a state, or make one, for somebody who only looks.
      throw Problem.methodNotAllowed(List.of("GET"));
    }
    return exchange
        .auth()
        .identityProviders()
        .filter(any -> exchange.auth().isEnabled())
        .flatMap(providers -> providers.find(caller.parameter()))
        .orElseThrow(Routes::nothingHere);
  }

  private static IdentityProviders providers(Exchange exchange) {
    return exchange.auth().identityProviders().orElseThrow(Routes::nothingHere);
  }
}
