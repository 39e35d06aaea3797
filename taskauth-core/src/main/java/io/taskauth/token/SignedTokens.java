package io.taskauth.token;

import io.jsonwebtoken.Claims;
import io.jsonwebtoken.ExpiredJwtException;
import io.jsonwebtoken.Header;
import io.jsonwebtoken.JwsHeader;
import io.jsonwebtoken.JwtBuilder;
import io.jsonwebtoken.JwtException;
import io.jsonwebtoken.JwtParser;
import io.jsonwebtoken.Jwts;
import java.security.Key;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Date;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/**
 * Signs and checks tokens: JWT (RFC 7519) with HS256 and nothing else. Threads may share it.
 *
 * <p>The algorithm is ours to say, never the token's: a header that names another one, compression,
 * a key or a place to fetch a key from is refused (RFC 8725, section 3).
 */
public final class SignedTokens {
  private static final Set<String> HEADER_NAMES = Set.of("alg", "kid", "typ");
  private static final String TYPE = "typ";
  private static final String ACCOUNT = "acc";

  private final SigningKey signer;
  private final SecretKey signerKey;
  private final Map<String, SecretKey> keys;
  private final Signatures signatures;
  private final OwnForm own;
  private final String audience;
  private final JwtParser parser;
  private final InstantSource clock;

  /**
   * @param audience what tokens are good for ({@code aud}): two deployments that share a secret but
   *     not the audience refuse each other's tokens
   */
  public SignedTokens(SigningKeys keys, String audience, InstantSource clock) {
    this.signer = keys.first();
    this.signerKey = signer.forTokens();
    this.keys =
        keys.all().stream()
            .collect(Collectors.toUnmodifiableMap(SigningKey::id, SigningKey::forTokens));
    this.signatures = new Signatures(this.keys);
    this.own = new OwnForm(this.keys.keySet(), audience);
    this.audience = audience;
    this.clock = clock;
    this.parser =
        Jwts.parser()
            .sig()
            .clear()
            .add(Jwts.SIG.HS256)
            .and()
            .zip()
            .clear()
            .and()
            .enc()
            .clear()
            .and()
            .keyLocator(this::keyFor)
            .requireAudience(audience)
            .clock(() -> Date.from(clock.instant()))
            .json(new StrictJson.Parser())
            .build();
  }

  /** The token in its compact form. */
  public String sign(TokenClaims claims) {
    JwtBuilder jwt =
        Jwts.builder()
            .json(new StrictJson.Writer())
            .header()
            .keyId(signer.id())
            .and()
            .subject(claims.subject())
            .id(claims.id())
            .audience()
            .add(audience)
            .and()
            .claim(TYPE, claims.type().claim())
            .issuedAt(Date.from(claims.issuedAt()));
    Instant end = claims.expiresAt();
    if (end != null) {
      jwt.expiration(Date.from(end));
    }
    if (!claims.account().isEmpty()) {
      jwt.claim(ACCOUNT, claims.account());
    }
    return jwt.signWith(signerKey, Jwts.SIG.HS256).compact();
  }

  /** Whether this is a token of ours of that type. Never throws, whatever the text. */
  public TokenCheck check(String token, TokenType type) {
    // First what is cheap: anybody can send us tokens of their own making, as many as they like.
    Optional<String> signer =
        CompactForm.isStrict(token) ? signatures.signer(token) : Optional.empty();
    if (signer.isEmpty()) {
      return new TokenCheck.Invalid();
    }
    Optional<TokenClaims> ours = own.read(token, signer.get());
    return ours.isPresent() ? inTime(ours.get(), type) : checkAnyForm(token, type);
  }

  /**
   * Whether one of our keys signed it: for whatever, for whichever application, and even if it has
   * ended. Whoever knows it may have something in hand that is good elsewhere.
   */
  public boolean isSignedByUs(String token) {
    return CompactForm.isStrict(token) && signatures.signer(token).isPresent();
  }

  private TokenCheck inTime(TokenClaims claims, TokenType type) {
    if (claims.type() != type) {
      return new TokenCheck.Invalid();
    }
    Instant end = claims.expiresAt();
    return end == null || end.isAfter(clock.instant())
        ? new TokenCheck.Valid(claims)
        : new TokenCheck.Expired();
  }

  /** The same of a token of whatever form. */
  TokenCheck checkAnyForm(String token, TokenType type) {
    try {
      var jws = parser.parseSignedClaims(token);
      TokenCheck check = read(jws.getHeader(), jws.getPayload(), type);
      // jjwt still takes it at the very instant of its end (RFC 7519, section 4.1.4).
      boolean ended =
          check instanceof TokenCheck.Valid valid
              && valid.claims().expiresAt() != null
              && !valid.claims().expiresAt().isAfter(clock.instant());
      return ended ? new TokenCheck.Expired() : check;
    } catch (ExpiredJwtException e) {
      // jjwt verifies the signature first, so this one was ours.
      return read(e.getHeader(), e.getClaims(), type) instanceof TokenCheck.Valid
          ? new TokenCheck.Expired()
          : new TokenCheck.Invalid();
    } catch (JwtException | IllegalArgumentException e) {
      return new TokenCheck.Invalid();
    }
  }

  private TokenCheck read(Header header, Claims claims, TokenType type) {
    Object account = claims.get(ACCOUNT);
    if (!HEADER_NAMES.containsAll(header.keySet())
        || !type.claim().equals(claims.get(TYPE))
        || claims.getAudience() == null
        || !claims.getAudience().contains(audience)
        || claims.getSubject() == null
        || claims.getId() == null
        || claims.getIssuedAt() == null
        || !(account == null || account instanceof Map)) {
      return new TokenCheck.Invalid();
    }
    return new TokenCheck.Valid(
        new TokenClaims(
            type,
            claims.getSubject(),
            claims.getId(),
            claims.getIssuedAt().toInstant(),
            claims.getExpiration() == null ? null : claims.getExpiration().toInstant(),
            texts((Map<?, ?>) account)));
  }

  private static Map<String, String> texts(@Nullable Map<?, ?> account) {
    Map<String, String> texts = new HashMap<>();
    if (account != null) {
      account.forEach((name, value) -> texts.put(String.valueOf(name), String.valueOf(value)));
    }
    return texts;
  }

  private Key keyFor(Header header) {
    String kid = header instanceof JwsHeader jws ? jws.getKeyId() : null;
    Key key = kid == null ? null : keys.get(kid);
    if (key == null) {
      throw new UnknownKeyException();
    }
    return key;
  }

  private static final class UnknownKeyException extends JwtException {
    private static final long serialVersionUID = 1;

    UnknownKeyException() {
      super("no key of that id");
    }
  }
}
