package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.isIn;
import static io.taskauth.Fixture.signedIn;
import static io.taskauth.StubProvider.vouched;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.admin.IdentityAdministration;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.session.SessionDirectory.Opened;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which identities sign in to an account is an administrator's to say. */
class IdentityAdministrationTest {
  private static final Identity FIRST = new Identity("stub", "Ada-1");
  private static final Identity SECOND = new Identity("stub", "ada-2");

  private final Fixture fixture = new Fixture();
  private final StubProvider provider = new StubProvider("stub");
  private final TaskAuth auth = fixture.build(fixture.withStore().identityProvider(provider));
  private final Browser browser = new Browser(auth, provider);
  private User root;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private IdentityAdministration identities() {
    return auth.identityAdministration().orElseThrow();
  }

  private Linking link(User account, Identity identity) {
    return identities().link(root, account, identity, HERE);
  }

  private Unlinking unlink(User account, Identity identity) {
    return identities().unlink(root, account, identity, HERE);
  }

  private void assertRecorded(AuditType type) {
    List<AuditEvent> events = fixture.events(auth, type);
    assertThat(events).hasSize(1);
    AuditEvent event = events.get(0);
    assertThat(event.userId()).isEqualTo(root.id());
    assertThat(event.target()).isEqualTo(ada.id().toString());
    assertThat(event.ip()).isEqualTo(HERE.ip());
    assertThat(event.details())
        .isEqualTo(Map.of("slot", "stub", "subject", "Ada-1", AuditEvent.TARGET_USERNAME, "ada"));
  }

  @Test
  void linkedIdentitySignsInToTheAccountAndIsOnRecord() {
    assertThat(link(ada, FIRST)).isEqualTo(Linking.LINKED);

    assertRecorded(AuditType.IDENTITY_LINKED);
    assertThat(identities().of(ada.id()))
        .containsExactly(new LinkedIdentity(FIRST, ada.id(), fixture.now.get()));
    assertThat(browser.signedIn(vouched("Ada-1")).user().id()).isEqualTo(ada.id());
  }

  @Test
  void identityOfAnotherAccountStaysThereAndIsNotOnRecord() {
    User owner = browser.signedIn(vouched("Ada-1")).user();

    assertThat(link(ada, FIRST)).isEqualTo(Linking.TAKEN);
    assertThat(unlink(ada, FIRST)).isEqualTo(Unlinking.NOT_FOUND);

    assertThat(identities().of(ada.id())).isEmpty();
    assertThat(identities().of(owner.id())).hasSize(1);
    assertThat(fixture.events(auth, AuditType.IDENTITY_LINKED)).isEmpty();
    assertThat(fixture.events(auth, AuditType.IDENTITY_UNLINKED)).isEmpty();
  }

  @Test
  void accountThatIsGoneGetsNoIdentity() {
    auth.userAdministration().orElseThrow().delete(root, ada.id(), HERE);

    assertThat(link(ada, FIRST)).isEqualTo(Linking.NO_USER);
    assertThat(fixture.events(auth, AuditType.IDENTITY_LINKED)).isEmpty();
  }

  @Test
  void takingOneOffEndsItsSessionsOnlyAndIsOnRecord() {
    link(ada, FIRST);
    link(ada, SECOND);
    Opened password = signedIn(auth, "ada");
    Opened first = browser.signedIn(vouched("Ada-1"));
    Opened second = browser.signedIn(vouched("ada-2"));
    assertThat(isIn(auth, first)).isTrue();

    assertThat(unlink(ada, FIRST)).isEqualTo(Unlinking.UNLINKED);

    assertRecorded(AuditType.IDENTITY_UNLINKED);
    assertThat(isIn(auth, first)).isFalse();
    assertThat(isIn(auth, second)).isTrue();
    assertThat(isIn(auth, password)).isTrue();
    assertThat(unlink(ada, FIRST)).isEqualTo(Unlinking.NOT_FOUND);
  }

  @Test
  void onlyWayInStaysAndIsNotOnRecord() {
    Opened session = browser.signedIn(vouched("Ada-1"));

    assertThat(unlink(session.user(), FIRST)).isEqualTo(Unlinking.ONLY_WAY_IN);

    assertThat(isIn(auth, session)).isTrue();
    assertThat(fixture.events(auth, AuditType.IDENTITY_UNLINKED)).isEmpty();
  }
}
