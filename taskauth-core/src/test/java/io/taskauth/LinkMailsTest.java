package io.taskauth;

import static io.taskauth.Fixture.ADMIN;
import static io.taskauth.Fixture.HERE;
import static io.taskauth.Fixture.VIEWER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditType;
import io.taskauth.mail.Mail;
import io.taskauth.mail.MailException;
import io.taskauth.mail.Mailer;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Mail with the link for choosing a password: as well as it can be sent. */
class LinkMailsTest {
  private static final String URL = "https://tasks.example.org/auth/reset?token=s3cret-of-the-link";

  private final Fixture fixture = new Fixture();
  private final List<Mail> sent = new ArrayList<>();
  private User root;
  private User ada;

  @BeforeEach
  void createAccounts() {
    root = fixture.account("root", ADMIN);
    ada = fixture.account("ada", VIEWER, "ada@example.org", null);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private TaskAuth with(Mailer mailer) {
    return fixture.build(fixture.withStore().mailer(mailer));
  }

  private boolean send(TaskAuth auth, User account) {
    return auth.linkMails().send(root, account, URL, "Tasks", HERE);
  }

  private static Mailer failing(RuntimeException failure) {
    return mail -> {
      throw failure;
    };
  }

  @Test
  void withoutAMailerNothingIsSent() {
    assertThat(send(fixture.build(fixture.withStore()), ada)).isFalse();
  }

  @Test
  void accountWithoutAnAddressGetsNothing() {
    assertThat(send(with(sent::add), root)).isFalse();
    assertThat(sent).isEmpty();
  }

  @Test
  void mailThatIsNotTakenIsOnRecordWithItsReason() {
    TaskAuth auth = with(failing(new MailException("the server says 550", null)));

    assertThat(send(auth, ada)).isFalse();

    AuditEvent event = fixture.events(auth, AuditType.EMAIL_FAILED).get(0);
    assertThat(event.userId()).isEqualTo(root.id());
    assertThat(event.target()).isEqualTo(ada.id().toString());
    assertThat(event.details())
        .isEqualTo(Map.of("reason", "the server says 550", AuditEvent.TARGET_USERNAME, "ada"));
  }

  @Test
  void mailerThatBreaksIsOnRecordWithoutWhatItSaysBecauseThatMayHoldTheLink() {
    TaskAuth auth = with(failing(new IllegalStateException("cannot send: " + URL)));

    assertThat(send(auth, ada)).isFalse();

    AuditEvent event = fixture.events(auth, AuditType.EMAIL_FAILED).get(0);
    assertThat(event.details()).containsEntry("reason", "IllegalStateException");
    assertThat(event.toString()).doesNotContain("s3cret");
  }

  @Test
  void mailHoldsTheLinkAndItsPrintDoesNot() {
    TaskAuth auth = with(sent::add);

    assertThat(send(auth, ada)).isTrue();

    Mail mail = sent.get(0);
    assertThat(mail.to()).isEqualTo(new EmailAddress("ada@example.org"));
    assertThat(mail.subject()).isEqualTo("Tasks: choose your password");
    assertThat(mail.text()).contains(URL, "Hello ada", "one hour", "once");
    assertThat(mail.toString()).doesNotContain("s3cret");
    assertThat(fixture.events(auth.audit())).isEmpty();
  }

  @Test
  void subjectCannotAddHeaders() {
    assertThatThrownBy(() -> new Mail(new EmailAddress("a@b"), "Hello\r\nBcc: eve@example.org", ""))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
