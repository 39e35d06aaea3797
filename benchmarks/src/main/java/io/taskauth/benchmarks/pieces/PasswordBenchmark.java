package io.taskauth.benchmarks.pieces;

import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.password.PasswordHash;
import io.taskauth.password.PasswordHasher;
import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a sign-in costs, and is meant to. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PasswordBenchmark {
  private final PasswordHasher hasher =
      PasswordHasher.argon2id(Argon2Parameters.OWASP, 1, new SecureRandom());
  private final Password password = Password.of("the analytical engine");
  private final PasswordHash hash = hasher.hash(password);

  @Benchmark
  public boolean verify() {
    return hasher.verify(password, hash);
  }
}
