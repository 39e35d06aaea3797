package io.taskauth.mail;

import io.taskauth.audit.AuditTrail;
import io.taskauth.audit.AuditType;
import io.taskauth.session.ClientInfo;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.User;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends the link with which somebody chooses a password, as well as it can: mail that cannot be
 * sent is in the log and on record, and whoever asked is told. Threads may share it.
 */
public final class LinkMails {
  private static final Logger log = LoggerFactory.getLogger(LinkMails.class);

  private final @Nullable Mailer mailer;
  private final AuditTrail audit;

  /**
   * @param mailer null where this site sends no mail
   */
  public LinkMails(@Nullable Mailer mailer, AuditTrail audit) {
    this.mailer = mailer;
    this.audit = audit;
  }

  /**
   * Sends the link to the account's address.
   *
   * @param by the administrator who had it made
   * @param site what the site calls itself
   * @return whether a mail server took it; false where there is no address or no mailer
   */
  public boolean send(User by, User account, String url, String site, ClientInfo client) {
    EmailAddress to = account.email();
    if (mailer == null || to == null) {
      return false;
    }
    try {
      mailer.send(new Mail(to, site + ": choose your password", text(account, url, site)));
      return true;
    } catch (RuntimeException e) {
      // Also what a mailer of the host throws by mistake: the link is made, and must be told.
      log.warn("the link for '{}' could not be mailed: {}", account.username(), reason(e));
      audit.of(AuditType.EMAIL_FAILED, by, account, client, Map.of("reason", reason(e)));
      return false;
    }
  }

  /** Only what a MailException says is known to hold no link. */
  private static String reason(RuntimeException e) {
    return e instanceof MailException && e.getMessage() != null
        ? e.getMessage()
        : e.getClass().getSimpleName();
  }

  private static String text(User account, String url, String site) {
    return """
        Hello %s,

        an administrator of %s made this link for you. Open it to choose the password of
        your account '%s':

        %s

        It is good for one hour, and once. If you did not expect it, do nothing: your
        password stays as it is.
        """
        .formatted(account.label(), site, account.username(), url);
  }
}
