package io.taskauth.benchmarks.pieces;

import io.taskauth.token.SignedTokens;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import io.taskauth.token.TokenCheck;
import io.taskauth.token.TokenClaims;
import io.taskauth.token.TokenType;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Checking the token of a session, with two keys in force as during a rotation. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TokenBenchmark {
  private final SignedTokens tokens = tokens(2);
  private final String good = token(tokens);
  private final String forged = token(tokens(1));
  private final String malformed = good.substring(0, good.length() - 1) + "=";

  private static SignedTokens tokens(int keys) {
    SecureRandom random = new SecureRandom();
    List<SigningKey> made = Stream.generate(() -> SigningKey.random(random)).limit(keys).toList();
    return new SignedTokens(new SigningKeys(made), "taskauth", InstantSource.system());
  }

  private static String token(SignedTokens tokens) {
    Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    return tokens.sign(
        new TokenClaims(
            TokenType.SESSION,
            UUID.randomUUID().toString(),
            "0123456789abcdef0123456789abcdef",
            now,
            now.plus(1, ChronoUnit.DAYS),
            Map.of()));
  }

  @Benchmark
  public TokenCheck good() {
    return tokens.check(good, TokenType.SESSION);
  }

  /** In the right form, signed with a key that is not ours. */
  @Benchmark
  public TokenCheck forged() {
    return tokens.check(forged, TokenType.SESSION);
  }

  @Benchmark
  public TokenCheck malformed() {
    return tokens.check(malformed, TokenType.SESSION);
  }
}
