package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.provider.AuthorizationRequest;
import io.taskauth.provider.AuthorizationResponse;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.provider.LogoutAnswer;
import io.taskauth.provider.ProviderAnswer;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ProviderLogout;
import io.taskauth.session.ProviderSession;
import java.net.URI;
import java.net.URLDecoder;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A provider that a host has written: it believes the codes that a test has told it. */
final class StubProvider implements IdentityProvider {
  final List<AuthorizationRequest> departed = new CopyOnWriteArrayList<>();
  final List<AuthorizationResponse> arrived = new CopyOnWriteArrayList<>();
  volatile boolean out;
  private final Map<String, Supplier<ProviderAnswer>> answers = new ConcurrentHashMap<>();
  private final String slot;
  private final String label;
  private final InstantSource clock;

  StubProvider(String slot, String label, InstantSource clock) {
    this.clock = clock;
    this.slot = slot;
    this.label = label;
  }

  void on(String code, ProviderAnswer answer) {
    answers.put(code, () -> answer);
  }

  void on(String code, Supplier<ProviderAnswer> answer) {
    answers.put(code, answer);
  }

  static ProviderAnswer person(String subject) {
    return person(subject, null);
  }

  static ProviderAnswer person(String subject, String sid) {
    return new ProviderAnswer.Vouched(subject, null, false, "Person " + subject, null, sid);
  }

  @Override
  public String slot() {
    return slot;
  }

  @Override
  public String label() {
    return label;
  }

  @Override
  public String type() {
    return "stub";
  }

  @Override
  public Set<String> roles() {
    return Set.of("operator");
  }

  @Override
  public URI authorizationUri(AuthorizationRequest request) {
    if (out) {
      throw new ProviderUnavailableException(label + " is out");
    }
    departed.add(request);
    return URI.create("https://idp.example/authorize?state=" + request.state());
  }

  @Override
  public ProviderAnswer complete(AuthorizationResponse response) {
    arrived.add(response);
    return answers
        .getOrDefault(
            String.valueOf(response.parameters().get("code")),
            () -> new ProviderAnswer.Failed("response"))
        .get();
  }

  /** A token is what it says: {@code sub <subject> <jti>}, or {@code sid <sid> <jti>}. */
  @Override
  public LogoutAnswer logout(String logoutToken) {
    String[] words = logoutToken.split(" ", -1);
    if (words.length != 3) {
      return new LogoutAnswer.Refused("signature");
    }
    ProviderLogout logout =
        words[0].equals("sub")
            ? new ProviderLogout(slot, words[1], null)
            : new ProviderLogout(slot, null, words[1]);
    return new LogoutAnswer.Verified(logout, words[2], clock.instant().plusSeconds(60));
  }

  @Override
  public Optional<URI> logoutUri(ProviderSession session, URI back) {
    return slot.equals("corp")
        ? Optional.of(URI.create("https://idp.example/logout?back=" + back))
        : Optional.empty();
  }

  /** The state in the address that a browser was sent to. */
  static String state(Answer departure) {
    String location = departure.location();
    return URLDecoder.decode(location.substring(location.indexOf("state=") + 6), UTF_8);
  }
}
