package io.taskauth.benchmarks.pieces;

import io.taskauth.benchmarks.Account;
import io.taskauth.servlet.TaskAuthFilter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.infra.Blackhole;

/** The filter with somebody that it remembers, without a container. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FilterBenchmark {
  private static final HttpServletResponse RESPONSE = StubRequest.stub(HttpServletResponse.class);

  private final SignedIn signedIn = SignedIn.remembered("memory");
  private final TaskAuthFilter filter = new TaskAuthFilter(signedIn.auth());
  private final Map<String, List<String>> withSession;
  private final Map<String, List<String>> withToken;

  public FilterBenchmark() {
    Account account = signedIn.account();
    withSession =
        Map.of("User-Agent", List.of(Account.BROWSER), "Cookie", List.of(account.cookies()));
    withToken =
        Map.of(
            "User-Agent",
            List.of(Account.BROWSER),
            "Authorization",
            List.of("Bearer " + account.accessToken()));
  }

  @TearDown
  public void close() {
    signedIn.close();
  }

  @Benchmark
  public void cachedSession(Blackhole hole) throws IOException, ServletException {
    filter.doFilter(new StubRequest(withSession), RESPONSE, chain(hole));
  }

  @Benchmark
  public void cachedToken(Blackhole hole) throws IOException, ServletException {
    filter.doFilter(new StubRequest(withToken), RESPONSE, chain(hole));
  }

  private static FilterChain chain(Blackhole hole) {
    return (request, response) -> hole.consume(request);
  }
}
