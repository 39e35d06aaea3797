package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.Warnings;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.user.User;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Settings about identity providers that make no sense, or leave nobody a way in. */
class ProviderSettingsTest {
  private final Fixture fixture = new Fixture();
  private final Warnings log = new Warnings(TaskAuth.class.getName());

  @AfterEach
  void close() {
    log.close();
    fixture.close();
  }

  private static StubProvider stub(String slot, String... roles) {
    return new StubProvider(slot, roles);
  }

  private static Arguments refused(String named, Consumer<TaskAuthBuilder> settings) {
    return Arguments.of(named, settings);
  }

  private static Arguments slot(String slot) {
    return refused(
        "identityProvider(…): a slot is",
        b -> b.store(new InMemoryAuthStore()).identityProvider(stub(slot)));
  }

  static Stream<Arguments> mistakes() {
    return Stream.of(
        refused(
            "identityProvider(…) takes store(…)",
            b -> b.user("ada", PASSWORD).identityProvider(stub("stub"))),
        refused(
            "the slot 'stub' is given twice",
            b ->
                b.store(new InMemoryAuthStore())
                    .identityProvider(stub("stub"))
                    .identityProvider(stub("stub"))),
        slot(""),
        slot("Stub"),
        slot("1stub"),
        slot("a:b"),
        slot("service"),
        slot("x".repeat(33)),
        refused(
            "identityProvider(…): 'stub' grants the role 'emperor'",
            b ->
                b.store(new InMemoryAuthStore())
                    .identityProvider(stub("stub", "admin", "emperor"))),
        refused(
            "withoutPasswordLogin() takes identityProvider(…)",
            b -> b.store(new InMemoryAuthStore()).withoutPasswordLogin()),
        refused(
            "withoutPasswordLogin() takes identityProvider(…)",
            b -> b.user("ada", PASSWORD).withoutPasswordLogin()),
        refused("administratorEmails(…): 'boss'", b -> b.administratorEmails("a@b.c", "boss")));
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
  void providersStandInTheOrderInWhichTheyWereGiven() {
    IdentityProvider one = stub("zeta");
    IdentityProvider two = stub("alpha");
    TaskAuth auth = fixture.build(fixture.withStore().identityProvider(one).identityProvider(two));

    assertThat(auth.identityProviders().orElseThrow().all()).containsExactly(one, two);
    assertThat(auth.identityProviders().orElseThrow().find("alpha")).contains(two);
    assertThat(auth.identityProviders().orElseThrow().find("beta")).isEmpty();
    assertThat(auth.isPasswordLoginEnabled()).isTrue();
  }

  /** Whether the start complains that no administrator can come in. */
  private boolean warns(StubProvider provider, UnaryOperator<TaskAuthBuilder> more) {
    int before = warnings();
    fixture.build(more.apply(fixture.withStore().identityProvider(provider)));
    return warnings() > before;
  }

  private int warnings() {
    return (int)
        log.messages().stream()
            .filter(line -> line.startsWith("No administrator can sign in"))
            .count();
  }

  private boolean warns() {
    return warns(stub("stub", "operator"), TaskAuthBuilder::withoutPasswordLogin);
  }

  @Test
  void startThatLeavesNoWayToAnAdministratorSaysSo() {
    assertThat(warns()).isTrue();
    fixture.account("root", ADMIN);
    assertThat(warns()).isTrue();
    // The door for the first is shut once there is somebody.
    assertThat(
            warns(
                stub("stub"), b -> b.withoutPasswordLogin().firstUserFromProviderIsAdministrator()))
        .isTrue();
  }

  @Test
  void startThatLeavesOneSaysNothing() {
    assertThat(warns(stub("stub"), b -> b)).isFalse();
    assertThat(warns(stub("stub", "admin"), b -> b.withoutPasswordLogin())).isFalse();
    assertThat(
            warns(
                stub("stub"),
                b -> b.withoutPasswordLogin().administratorEmails("boss@example.org")))
        .isFalse();
    assertThat(
            warns(
                stub("stub"), b -> b.withoutPasswordLogin().firstUserFromProviderIsAdministrator()))
        .isFalse();
    assertThat(warns(stub("stub"), b -> b.withoutPasswordLogin().withoutAuthentication()))
        .isFalse();
  }

  @Test
  void identityOfAnActiveAdministratorIsAWayIn() {
    TaskAuth auth = fixture.build(fixture.withStore().identityProvider(stub("stub")));
    User root = fixture.account("root", ADMIN);
    User second = fixture.account("second", ADMIN);
    User ada = fixture.account("ada", VIEWER);
    ProviderLinks.link(auth, root, ada, "stub", "ada");
    assertThat(warns()).isTrue();

    ProviderLinks.link(auth, root, second, "stub", "second");
    assertThat(warns()).isFalse();

    auth.userAdministration().orElseThrow().deactivate(root, second.id(), HERE);
    assertThat(warns()).isTrue();
  }

  @Test
  void administratorIsFoundBehindManyOthers() {
    TaskAuth auth = fixture.build(fixture.withStore().identityProvider(stub("stub")));
    User root = fixture.account("root", ADMIN);
    ProviderLinks.link(auth, root, root, "stub", "root");
    for (int i = 0; i < 250; i++) {
      fixture.account("user" + i, VIEWER, null, null);
    }

    assertThat(warns()).isFalse();
    ProviderLinks.unlink(auth, root, root, "stub", "root");
    assertThat(warns()).isTrue();
  }
}
