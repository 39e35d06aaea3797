package io.taskauth;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.provider.ProviderSignIns;
import io.taskauth.provider.ProviderSignIns.Arrival;
import io.taskauth.provider.ProviderSignIns.Departure;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.Session;
import io.taskauth.session.SessionDirectory.Opened;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** A browser that signs in with a {@link StubProvider}. */
final class Browser {
  static final URI BACK = URI.create("https://app.example/api/auth/oauth/callback/stub");
  static final String CODE = "the code";

  final String secret;

  private final TaskAuth auth;
  private final StubProvider provider;
  private final ClientInfo client;

  Browser(TaskAuth auth, StubProvider provider) {
    this(auth, provider, Fixture.HERE);
  }

  Browser(TaskAuth auth, StubProvider provider, ClientInfo client) {
    this.auth = auth;
    this.provider = provider;
    this.client = client;
    this.secret = auth.ids().secret256();
  }

  private ProviderSignIns signIns() {
    return auth.identityProviders().orElseThrow().signIns();
  }

  Departure leave(String next, Session current) {
    return signIns().depart(provider, BACK, secret, next, current, client);
  }

  AuthorizationRequest depart() {
    return depart("", null);
  }

  AuthorizationRequest depart(String next, Session current) {
    Departure departure = leave(next, current);
    assertThat(departure).isInstanceOf(Departure.To.class);
    String query = ((Departure.To) departure).address().getRawQuery();
    return provider.departed(query.substring("state=".length()));
  }

  Arrival arrive(String state) {
    return arrive(provider, state, secret);
  }

  /** With any of it from somewhere else. */
  Arrival arrive(StubProvider at, String state, String browser) {
    Map<String, String> parameters = new HashMap<>(Map.of("code", CODE));
    if (state != null) {
      parameters.put("state", state);
    }
    return signIns().arrive(at, parameters, browser, client);
  }

  /** There and back, while the provider says this of whoever comes. */
  Arrival signIn(ProviderAnswer answer) {
    provider.say(CODE, () -> answer);
    return arrive(depart().state());
  }

  Opened signedIn(ProviderAnswer answer) {
    return opened(signIn(answer));
  }

  static Opened opened(Arrival arrival) {
    assertThat(arrival).isInstanceOf(Arrival.SignedIn.class);
    return ((Arrival.SignedIn) arrival).session();
  }
}
