package io.taskauth.benchmarks.pieces;

import io.taskauth.principal.Authentication;
import io.taskauth.principal.Credential;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Who it is, from memory. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class CacheHitBenchmark {
  private final SignedIn signedIn = SignedIn.remembered("memory");

  @TearDown
  public void close() {
    signedIn.close();
  }

  @Benchmark
  public Authentication session() {
    return signedIn
        .auth()
        .authenticate(new Credential.SessionCookie(signedIn.account().sessionToken()));
  }

  @Benchmark
  public Authentication token() {
    return signedIn.auth().authenticate(new Credential.Bearer(signedIn.account().accessToken()));
  }
}
