package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.PASSWORD;
import static io.taskauth.Fixture.VIEWER;
import static io.taskauth.Fixture.hash;
import static io.taskauth.Fixture.signedIn;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.admin.NewAccount;
import io.taskauth.admin.UserAdministration;
import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Password;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.Username;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What administrators do is on record: who, to whom, and what was before. */
class AdministrationRecordTest {
  private static final String NEXT = "another good passphrase";

  private final Fixture fixture = new Fixture();
  private final TaskAuth auth = fixture.build(fixture.withStore());
  private User root;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER, "ada@example.org", hash(PASSWORD));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private UserAdministration users() {
    return auth.userAdministration().orElseThrow();
  }

  private void change(UserChange change) {
    users().change(root, ada.id(), change, HERE);
  }

  private AuditEvent only() {
    List<AuditEvent> events = fixture.events(auth.audit());
    assertThat(events).hasSize(1);
    return events.get(0);
  }

  /** That it is the only event, by root, about Ada, with these details beside her name. */
  private void assertRecorded(AuditType type, Map<String, String> details) {
    AuditEvent event = only();
    assertThat(event.type()).isEqualTo(type);
    assertThat(event.userId()).isEqualTo(root.id());
    assertThat(event.username()).isEqualTo("root");
    assertThat(event.target()).isEqualTo(ada.id().toString());
    assertThat(event.ip()).isEqualTo(HERE.ip());
    assertThat(event.userAgent()).isEqualTo(HERE.userAgent());
    assertThat(event.at()).isEqualTo(fixture.now.get());
    assertThat(event.details())
        .containsEntry(AuditEvent.TARGET_USERNAME, "ada")
        .containsAllEntriesOf(details)
        .hasSize(details.size() + 1);
  }

  @Test
  void whatChangesNothingIsNotRecorded() {
    change(UserChange.nothing());
    change(UserChange.nothing().role(VIEWER));
    change(UserChange.nothing().email(new EmailAddress("ada@example.org")).displayName(null));
    change(UserChange.nothing().activate());

    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @Test
  void accountThatIsClosedAlreadyIsNotRecordedAgain() {
    users().deactivate(root, ada.id(), HERE);
    users().deactivate(root, ada.id(), HERE);

    assertRecorded(AuditType.USER_DEACTIVATED, Map.of());
  }

  @Test
  void whatIsRefusedIsNotRecorded() {
    users().delete(root, root.id(), HERE);
    users().deactivate(ada, root.id(), HERE);
    users().setPassword(root, ada.id(), Password.of("short"), HERE);
    change(UserChange.nothing().email(new EmailAddress("root@example.org")));
    fixture.account("eve", VIEWER, "eve@example.org", null);
    change(UserChange.nothing().email(new EmailAddress("eve@example.org")));

    assertThat(fixture.events(auth.audit()))
        .extracting(AuditEvent::type)
        .containsExactly(AuditType.USER_UPDATED);
  }

  @Test
  void changesAreRecordedWithWhatWasBefore() {
    change(
        UserChange.nothing()
            .role(ADMIN)
            .email(new EmailAddress("lovelace@example.org"))
            .displayName("Ada"));

    assertRecorded(
        AuditType.USER_UPDATED,
        Map.of(
            "role", "viewer -> admin",
            "email", "ada@example.org -> lovelace@example.org",
            "display_name", "none -> Ada"));
  }

  @Test
  void onlyWhatChangedIsRecorded() {
    change(UserChange.nothing().role(VIEWER).email(null));

    assertRecorded(AuditType.USER_UPDATED, Map.of("email", "ada@example.org -> none"));
  }

  @Test
  void changeAndClosingAtOnceAreTwoEvents() {
    change(UserChange.nothing().role(ADMIN).deactivate(fixture.now.get(), root.id()));

    assertThat(fixture.events(auth.audit()))
        .extracting(AuditEvent::type)
        .containsExactly(AuditType.USER_UPDATED, AuditType.USER_DEACTIVATED);
  }

  @Test
  void openingIsRecorded() {
    fixture
        .store
        .users()
        .change(ada.id(), UserChange.nothing().deactivate(fixture.now.get(), null), ADMIN);

    change(UserChange.nothing().activate());

    assertRecorded(AuditType.USER_ACTIVATED, Map.of());
  }

  @Test
  void deletionIsRecordedWithTheNameThatIsGone() {
    users().delete(root, ada.id(), HERE);

    assertRecorded(AuditType.USER_DELETED, Map.of());
  }

  @Test
  void creationIsRecordedWithTheRole() {
    users()
        .create(
            root,
            new NewAccount(new Username("eve"), null, null, VIEWER, Optional.of(Password.of(NEXT))),
            HERE);

    AuditEvent event = only();
    assertThat(event.type()).isEqualTo(AuditType.USER_CREATED);
    assertThat(event.userId()).isEqualTo(root.id());
    assertThat(event.details())
        .isEqualTo(Map.of(AuditEvent.TARGET_USERNAME, "eve", "role", "viewer"));
    assertThat(event.toString()).doesNotContain(NEXT);
  }

  @Test
  void newPasswordIsRecordedWithoutIt() {
    users().setPassword(root, ada.id(), Password.of(NEXT), HERE);

    assertRecorded(AuditType.PASSWORD_CHANGED, Map.of("sessions_revoked", "0"));
    assertThat(only().toString()).doesNotContain(NEXT);
  }

  @Test
  void endedSessionsAreRecorded() {
    signedIn(auth, "ada");

    users().endSessions(root, ada.id(), HERE);

    assertThat(fixture.events(auth, AuditType.SESSION_REVOKED).get(0).details())
        .isEqualTo(Map.of("sessions", "1", AuditEvent.TARGET_USERNAME, "ada"));
  }

  @Test
  void recordOfAnAccountHoldsWhatItDidAndWhatWasDoneToIt() {
    fixture.account("eve", VIEWER);
    signedIn(auth, "eve");
    signedIn(auth, "ada");
    Fixture.signIn(auth, "ADA", "wrong password");
    users().delete(root, ada.id(), HERE);

    assertThat(fixture.events(auth.audit())).hasSize(4);
    assertThat(
            auth.auditLog()
                .orElseThrow()
                .newest(
                    new AuditFilter(
                        null, new AuditFilter.About(ada.id(), Set.of(ada.username().key()))),
                    PageRequest.first(10))
                .items())
        .extracting(AuditEvent::type)
        .containsExactly(AuditType.USER_DELETED, AuditType.LOGIN_FAILURE, AuditType.LOGIN_SUCCESS);
  }
}
