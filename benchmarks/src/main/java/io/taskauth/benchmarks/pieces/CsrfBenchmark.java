package io.taskauth.benchmarks.pieces;

import io.taskauth.access.CsrfTokens;
import io.taskauth.session.SessionId;
import io.taskauth.token.SigningKey;
import io.taskauth.token.SigningKeys;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a request that changes something costs beside. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CsrfBenchmark {
  private final CsrfTokens tokens =
      new CsrfTokens(new SigningKeys(List.of(SigningKey.random(new SecureRandom()))));
  private final SessionId session = new SessionId("0123456789abcdef0123456789abcdef");
  private final String token = tokens.forSession(session);

  @Benchmark
  public boolean check() {
    return tokens.isOfSession(session, token);
  }
}
