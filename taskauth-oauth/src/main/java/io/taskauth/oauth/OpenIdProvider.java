package io.taskauth.oauth;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderSession;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An OpenID provider, known by its issuer (OpenID Connect Core 1.0 and Discovery 1.0): the code
 * flow with PKCE (RFC 7636) and a check of the answer's issuer (RFC 9207), sign-outs that the
 * provider orders (Back-Channel Logout 1.0) and sign-outs that it learns of (RP-Initiated Logout
 * 1.0). The provider is asked when the first person comes, never at the start. Its tokens are
 * forgotten as soon as they are read. Threads share it.
 */
public final class OpenIdProvider implements IdentityProvider {
  private static final Duration METADATA_IN_OUTAGE = Duration.ofHours(24);
  // Shorter: keeping us from the new keys must not keep a stolen one alive for long.
  private static final Duration KEYS_IN_OUTAGE = Duration.ofHours(4);
  private static final JOSEObjectTypeVerifier<SecurityContext> ID_TOKEN =
      new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT, null);
  private static final int MAX_SESSION_NAME = 255;

  private final OpenIdSettings settings;
  private final ProviderHttp http;
  private final OpenIdClient client;
  private final Cached<OpenIdMetadata> metadata;
  private final Cached<JWKSet> keys;
  private final TokenSignatures signatures;
  private final IdTokenRules idTokens;
  private final LogoutTokenRules logoutTokens;

  OpenIdProvider(OpenIdSettings settings) {
    this.settings = settings;
    http = new ProviderHttp(settings.label(), settings.deadline());
    client = new OpenIdClient(settings, http);
    metadata =
        new Cached<>(
            "metadata of " + settings.label(),
            this::loadMetadata,
            METADATA_IN_OUTAGE,
            settings.clock());
    keys =
        new Cached<>(
            "keys of " + settings.label(),
            () -> ProviderKeys.load(http, metadata.get().keys()),
            KEYS_IN_OUTAGE,
            settings.clock());
    signatures = new TokenSignatures(new ProviderKeys(keys));
    String issuer = settings.issuer().toString();
    String clientId = settings.clientId().getValue();
    idTokens = new IdTokenRules(issuer, clientId, settings.maxAge());
    logoutTokens = new LogoutTokenRules(settings.slot(), issuer, clientId);
  }

  /**
   * One for this slot.
   *
   * @throws IllegalArgumentException where that is no name of a slot
   */
  public static OpenIdProviderBuilder builder(String slot) {
    return new OpenIdProviderBuilder(slot, "oidc");
  }

  private OpenIdMetadata loadMetadata() throws RefusedException {
    return Distrust.of(
        () ->
            OpenIdMetadata.parse(
                ProviderJson.object(http.get(settings.discoveryUrl())), settings.issuer()));
  }

  @Override
  public String slot() {
    return settings.slot();
  }

  @Override
  public String label() {
    return settings.label();
  }

  @Override
  public String type() {
    return settings.type();
  }

  @Override
  public Set<String> roles() {
    return settings.admission().roleNames();
  }

  /**
   * {@inheritDoc}
   *
   * <p>These are its metadata and its keys. Either that is not to be believed is an outage too, and
   * what was known before stays in use for as long as in any outage.
   */
  @Override
  public boolean refresh() {
    try {
      metadata.askAnew();
      keys.askAnew();
      return true;
    } catch (RefusedException e) {
      throw http.outage("refused: " + e.reason());
    }
  }

  /**
   * {@inheritDoc}
   *
   * <p>Metadata that is not to be believed is no address to send anybody to, and so an outage too.
   */
  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    try {
      return client.authorizationUri(metadata.get().authorization(), request);
    } catch (RefusedException e) {
      throw http.outage("refused metadata: " + e.reason());
    }
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    try {
      return Distrust.of(() -> answer(response));
    } catch (RefusedException e) {
      return new ProviderAnswer.Failed(e.reason());
    }
  }

  private ProviderAnswer answer(AuthorizationResponse response) throws RefusedException {
    Map<String, String> parameters = response.parameters();
    String issuer = parameters.get("iss");
    // Another provider's answer, mixed up with ours (RFC 9207).
    TokenRules.demand(issuer == null || issuer.equals(settings.issuer().toString()), "issuer");
    String error = parameters.get("error");
    if (error != null) {
      return ProviderError.answer(error, http);
    }
    OpenIdMetadata provider = metadata.get();
    TokenRules.demand(issuer != null || !provider.namesIssuer(), "issuer");
    String code = parameters.get("code");
    if (code == null) {
      throw new RefusedException("response");
    }
    OIDCTokens tokens = client.tokens(provider, code, response.request());
    SignedJWT signed = TokenSignatures.read(tokens.getIDTokenString());
    JWTClaimsSet idToken = signatures.verify(signed, ID_TOKEN, provider.algorithms());
    idTokens.check(idToken, response.request().nonce(), settings.clock().instant());
    return admit(idToken.getSubject(), person(provider, tokens, idToken));
  }

  private PersonClaims person(OpenIdMetadata provider, OIDCTokens tokens, JWTClaimsSet idToken)
      throws RefusedException {
    PersonClaims person = new PersonClaims(idToken.getClaims(), Map.of());
    if (provider.userinfo() == null || saysAll(person)) {
      return person;
    }
    return new PersonClaims(
        idToken.getClaims(),
        client.userinfo(provider.userinfo(), tokens.getAccessToken(), idToken.getSubject()));
  }

  private boolean saysAll(PersonClaims person) {
    return (person.has("email") || !settings.scopes().contains("email"))
        && (person.hasName() || !settings.scopes().contains("profile"))
        && settings.admission().claims().stream().allMatch(person::has);
  }

  private ProviderAnswer admit(String subject, PersonClaims person) {
    String objection = settings.admission().objection(person);
    if (objection != null) {
      return new ProviderAnswer.Denied(objection, subject);
    }
    var email = person.email();
    return new ProviderAnswer.Vouched(
        subject,
        email == null ? null : email.value(),
        email != null && person.emailVerified(),
        person.displayName(),
        settings.admission().role(person),
        sessionName(person.idToken().get("sid")));
  }

  private static @Nullable String sessionName(@Nullable Object sid) {
    return sid instanceof String name && !name.isBlank() && name.length() <= MAX_SESSION_NAME
        ? name
        : null;
  }

  @Override
  public LogoutAnswer logout(String logoutToken) {
    try {
      return Distrust.of(() -> check(logoutToken));
    } catch (RefusedException e) {
      return new LogoutAnswer.Refused(e.reason());
    }
  }

  private LogoutAnswer check(String logoutToken) throws RefusedException {
    // Read before the provider is asked for anything: whoever sends this is nobody yet.
    SignedJWT signed = TokenSignatures.read(logoutToken);
    JWTClaimsSet claims =
        signatures.verify(signed, LogoutTokenRules.TYPE, metadata.get().algorithms());
    return logoutTokens.check(claims, settings.clock().instant());
  }

  /**
   * {@inheritDoc}
   *
   * @throws ProviderUnavailableException where the provider has to be asked and is out
   */
  @Override
  public Optional<URI> logoutUri(ProviderSession session, URI back) {
    if (settings.localLogoutOnly()) {
      return Optional.empty();
    }
    try {
      return Optional.ofNullable(metadata.get().endSession())
          .map(endpoint -> client.logoutUri(endpoint, session.sid(), back));
    } catch (RefusedException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return settings.toString();
  }
}
