package io.taskauth;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.provider.ProviderAnswer.GrantedRole;
import io.taskauth.provider.ProviderAnswer.Vouched;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderSession;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A provider as a host would write one: of a code it says what a test has told it to say. */
final class StubProvider implements IdentityProvider {
  /** Those who came with a code, or with an error. */
  final List<AuthorizationResponse> asked = new CopyOnWriteArrayList<>();

  volatile boolean out;
  volatile boolean broken;

  private final String slot;
  private final Set<String> roles;
  private final Map<String, AuthorizationRequest> departed = new ConcurrentHashMap<>();
  private final Map<String, Supplier<ProviderAnswer>> answers = new ConcurrentHashMap<>();
  private final Map<String, LogoutAnswer> logouts = new ConcurrentHashMap<>();

  StubProvider(String slot, String... roles) {
    this.slot = slot;
    this.roles = Set.of(roles);
  }

  /** Whom it vouches for without saying anything else. */
  static Vouched vouched(String subject) {
    return new Vouched(subject, null, false, null, null, null);
  }

  static Vouched verified(String subject, String email) {
    return new Vouched(subject, email, true, null, null, null);
  }

  static Vouched granted(String subject, String role, boolean atEachLogin) {
    return new Vouched(subject, null, false, null, new GrantedRole(role, atEachLogin), null);
  }

  void say(String code, Supplier<ProviderAnswer> answer) {
    answers.put(code, answer);
  }

  void sayOfLogout(String token, LogoutAnswer answer) {
    logouts.put(token, answer);
  }

  /** How the sign-in of that state began. */
  AuthorizationRequest departed(String state) {
    return departed.get(state);
  }

  @Override
  public String slot() {
    return slot;
  }

  @Override
  public String label() {
    return "Stub";
  }

  @Override
  public String type() {
    return "stub";
  }

  @Override
  public Set<String> roles() {
    return roles;
  }

  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    if (broken) {
      throw new IllegalStateException("SECRET of the provider's");
    }
    requireHere();
    departed.put(request.state(), request);
    return URI.create("https://id.example/authorize?state=" + request.state());
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    asked.add(response);
    requireHere();
    return answers.get(response.parameters().get("code")).get();
  }

  @Override
  public LogoutAnswer logout(String logoutToken) {
    requireHere();
    return logouts.getOrDefault(logoutToken, new LogoutAnswer.Refused("signature"));
  }

  @Override
  public Optional<URI> logoutUri(ProviderSession session, URI back) {
    requireHere();
    return Optional.of(URI.create("https://id.example/logout?back=" + back));
  }

  private void requireHere() {
    if (out) {
      throw new ProviderUnavailableException("no route to host");
    }
  }
}
