package io.taskauth.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Reads tokens in the very form that we write them, which is all that ever come with our signature:
 * a header that is known letter by letter, and no other claims than ours. Whatever differs in the
 * least is left to the library, which takes ten times as long. Threads may share it.
 */
final class OwnForm {
  private static final Set<String> NAMES = Set.of("sub", "jti", "aud", "typ", "iat", "exp", "acc");

  /** Far beyond any token's time, and far from where seconds overflow. */
  private static final long LAST_SECOND = 100_000_000_000L;

  private final Map<String, String> headers;
  private final String audience;

  /**
   * @param keyIds of the keys that we sign with
   */
  OwnForm(Set<String> keyIds, String audience) {
    this.headers = keyIds.stream().collect(Collectors.toUnmodifiableMap(id -> id, OwnForm::header));
    this.audience = audience;
  }

  private static String header(String keyId) {
    String json = "{\"kid\":\"" + keyId + "\",\"alg\":\"HS256\"}";
    return Base64.getUrlEncoder().withoutPadding().encodeToString(json.getBytes(UTF_8));
  }

  /**
   * What it says; empty where it has another form.
   *
   * @param token in the form that {@link CompactForm} asks for
   * @param signer the id of the key that signed it: a token that names another is not ours
   */
  Optional<TokenClaims> read(String token, String signer) {
    int first = token.indexOf('.');
    if (!token.substring(0, first).equals(headers.get(signer))) {
      return Optional.empty();
    }
    String payload = token.substring(first + 1, token.lastIndexOf('.'));
    try {
      return Optional.ofNullable(claims(StrictJson.read(Base64.getUrlDecoder().decode(payload))));
    } catch (JacksonException e) {
      return Optional.empty();
    }
  }

  private @Nullable TokenClaims claims(@Nullable Map<String, Object> json) {
    if (json == null) {
      return null;
    }
    Object end = json.get("exp");
    Object account = json.get("acc");
    boolean ours =
        NAMES.containsAll(json.keySet())
            && List.of(audience).equals(json.get("aud"))
            && isSecond(json.get("iat"))
            && (isSecond(end) || !json.containsKey("exp"))
            && (isTexts(account) || !json.containsKey("acc"));
    TokenType type = ours ? type(json.get("typ")) : null;
    return type != null
            && json.get("sub") instanceof String subject
            && json.get("jti") instanceof String id
            && !subject.isBlank()
            && !id.isBlank()
        ? new TokenClaims(type, subject, id, instant(json.get("iat")), ending(end), texts(account))
        : null;
  }

  private static @Nullable TokenType type(@Nullable Object claim) {
    for (TokenType type : TokenType.values()) {
      if (type.claim().equals(claim)) {
        return type;
      }
    }
    return null;
  }

  private static boolean isSecond(@Nullable Object value) {
    return (value instanceof Integer || value instanceof Long)
        && ((Number) value).longValue() >= 0
        && ((Number) value).longValue() < LAST_SECOND;
  }

  private static Instant instant(@Nullable Object second) {
    return Instant.ofEpochSecond(second instanceof Number number ? number.longValue() : 0);
  }

  private static @Nullable Instant ending(@Nullable Object second) {
    return second == null ? null : instant(second);
  }

  private static boolean isTexts(@Nullable Object account) {
    return account instanceof Map<?, ?> map
        && map.values().stream().allMatch(value -> value instanceof String);
  }

  private static Map<String, String> texts(@Nullable Object account) {
    return account instanceof Map<?, ?> map
        ? map.entrySet().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    e -> String.valueOf(e.getKey()), e -> String.valueOf(e.getValue())))
        : Map.of();
  }
}
