package io.taskauth;

import static io.taskauth.Fixture.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditSink;
import io.taskauth.login.AuthBackend;
import io.taskauth.login.BackendAnswer;
import io.taskauth.login.SetupCode;
import io.taskauth.login.ThrottlePolicy;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.service.TokenPrincipal;
import io.taskauth.store.InMemoryAuthStore;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What makes no sense is refused, with a sentence that names the setting. */
class BuilderTest {
  private static final AuthBackend NOBODY = (name, password) -> BackendAnswer.notMine();

  private static Arguments refused(String named, Consumer<TaskAuthBuilder> settings) {
    return Arguments.of(named, settings);
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        refused("user(…), backend(…) or store(…)", b -> {}),
        refused(
            "user(…) and store(…)", b -> b.user("ada", PASSWORD).store(new InMemoryAuthStore())),
        refused("user(…)", b -> b.user("a b", PASSWORD)),
        refused("user(\"ada\"", b -> b.user("ada", "short")),
        refused("user(\"ada\"", b -> b.user("ada", "x".repeat(257))),
        refused("user(\"ada\"", b -> b.user("ada", "password123")),
        refused("user(\"ada\"", b -> b.user("ada", PASSWORD, "emperor")),
        refused("user(\"ADA\"", b -> b.user("ada", PASSWORD).user("ADA", PASSWORD)),
        refused("backend(\"config\"", b -> b.backend("config", NOBODY)),
        refused("backend:<name>", b -> b.backend("No Name", NOBODY)),
        refused("backend(\"host\"", b -> b.backend(NOBODY).backend(NOBODY)),
        refused("backendTimeout", b -> b.backendTimeout(Duration.ZERO)),
        refused("backendTimeout", b -> b.backendTimeout(Duration.ofSeconds(-1))),
        refused("secretKeys", b -> b.secretKeys()),
        refused("secretKeys", b -> b.secretKeys("too short")),
        refused("secretKeys", b -> b.secretKeys("a".repeat(64))),
        refused("secretKeys", b -> b.secretKeys(Fixture.SECRET, Fixture.SECRET)),
        refused("audience", b -> b.audience(" ")),
        refused("audience", b -> b.audience("x".repeat(129))),
        refused("serviceToken(…): the secret of 'x'", b -> b.serviceToken("x", "guess-me")),
        refused("serviceToken(…)", b -> b.serviceToken("No Name", Fixture.SECRET)),
        refused(
            "tokenProvider(…)",
            b ->
                b.user("ada", PASSWORD)
                    .tokenProvider(
                        token -> {
                          throw new UnsupportedOperationException("later");
                        })),
        refused(
            "tokenProvider(…)",
            b ->
                b.user("ada", PASSWORD)
                    .tokenProvider(
                        token -> Optional.of(new TokenPrincipal("pod", "cloud", Set.of())))),
        refused("roles", b -> b.roles("admin")),
        refused("roles", b -> b.roles("admin", "admin")),
        refused("role", b -> b.roles("viewer", "Admin")),
        refused("session lifetime", b -> b.sessionLifetime(Duration.ofSeconds(59))),
        refused("session lifetime", b -> b.sessionLifetime(Duration.ofDays(401))),
        refused("idle timeout", b -> b.idleTimeout(Duration.ofSeconds(119))),
        refused("hashesAtOnce", b -> b.hashesAtOnce(0)),
        refused("hashesAtOnce", b -> b.hashesAtOnce(257)),
        refused("Argon2 memory", b -> b.argon2(new Argon2Parameters(7, 1, 1))),
        refused("Argon2 passes", b -> b.argon2(new Argon2Parameters(8, 0, 1))),
        refused("Argon2 lanes", b -> b.argon2(new Argon2Parameters(8, 1, 0))),
        refused("cache", b -> b.cache(Duration.ofSeconds(61), 1)),
        refused("cache", b -> b.cache(Duration.ofSeconds(-1), 1)),
        refused("cache", b -> b.cache(Duration.ofSeconds(1), -1)),
        refused("set-up code", b -> b.setupCode(SetupCode.of("1234567"))),
        refused(
            "login throttle", b -> b.throttle(new ThrottlePolicy(0, 1, 1, Duration.ofMinutes(1)))),
        refused("login throttle", b -> b.throttle(new ThrottlePolicy(1, 1, 1, Duration.ZERO))));
  }

  @ParameterizedTest(name = "{index} {0}")
  @MethodSource("mistakes")
  void mistakeIsRefusedByName(String named, Consumer<TaskAuthBuilder> settings) {
    TaskAuthBuilder builder = TaskAuth.builder().argon2(Fixture.CHEAP);

    assertThatThrownBy(
            () -> {
              settings.accept(builder);
              builder.build().close();
            })
        .isInstanceOfAny(IllegalArgumentException.class, IllegalStateException.class)
        .hasMessageContaining(named);
  }

  @Test
  void failedBuildLeavesNoThreadsBehind() {
    TaskAuthBuilder builder =
        TaskAuth.builder()
            .user("ada", PASSWORD, "emperor")
            .auditSink(new SinkOfThisTest())
            .argon2(Fixture.CHEAP);

    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);

    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .doesNotContain("taskauth-audit-SinkOfThisTest");
  }

  private static final class SinkOfThisTest implements AuditSink {
    @Override
    public void record(AuditEvent event) {}
  }
}
