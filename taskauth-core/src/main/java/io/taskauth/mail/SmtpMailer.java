package io.taskauth.mail;

import io.taskauth.internal.Ids;
import jakarta.mail.AuthenticationFailedException;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.io.IOException;
import java.net.Socket;
import java.security.SecureRandom;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import org.eclipse.angus.mail.smtp.SMTPTransport;
import org.eclipse.angus.mail.util.SocketFetcher;

/**
 * Hands mail to an SMTP server: each over a connection of its own, with TLS to every host but this
 * one, and given up after 15 seconds. Needs {@code org.eclipse.angus:angus-mail}, which the host
 * adds to its dependencies; taskauth does not bring it along. Immutable; threads may share it.
 */
public final class SmtpMailer implements Mailer {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SmtpServer server;
  private final Sender from;
  private final SSLSocketFactory tls;
  private final InstantSource clock;
  private final SmtpLimits limits;

  SmtpMailer(
      SmtpServer server,
      Sender from,
      SSLSocketFactory tls,
      InstantSource clock,
      SmtpLimits limits) {
    this.server = server;
    this.from = from;
    this.tls = tls;
    this.clock = clock;
    this.limits = limits;
  }

  /**
   * A mailer for {@code smtp://[user:password@]host[:port]} (port 587 and STARTTLS unless said
   * otherwise; no TLS on a loopback address or with {@code ?tls=off}) or for {@code smtps://...}
   * (port 465). User and password are percent-encoded. Certificates are always checked, against
   * what this JVM trusts.
   *
   * @param from {@code address} or {@code Name <address>}
   * @throws IllegalArgumentException when one of them makes no sense; the message says what is
   *     expected and does not hold the password
   */
  public static SmtpMailer of(String url, String from) {
    return new SmtpMailer(
        SmtpServer.parse(url),
        Sender.parse(from),
        (SSLSocketFactory) SSLSocketFactory.getDefault(),
        InstantSource.system(),
        SmtpLimits.DEFAULT);
  }

  /** The same mailer, trusting the certificates that this context trusts. */
  public SmtpMailer withTls(SSLContext context) {
    return new SmtpMailer(server, from, context.getSocketFactory(), clock, limits);
  }

  /** The same mailer, which dates its mail by this clock. */
  public SmtpMailer withClock(InstantSource clock) {
    return new SmtpMailer(server, from, tls, clock, limits);
  }

  @Override
  public void send(Mail mail) throws MailException {
    if (!Letter.canTravel(mail.to())) {
      throw new MailException("mail goes to ASCII addresses only, xn--... for the domain", null);
    }
    // Jakarta Mail finds its own parts by this class loader, which in a container may be any.
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(SmtpMailer.class.getClassLoader());
    try {
      deliver(mail);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private void deliver(Mail mail) {
    Session session = Session.getInstance(SmtpSettings.of(server, tls));
    SMTPTransport transport = new SMTPTransport(session, SmtpSettings.login(server));
    try (SmtpLine line = new SmtpLine(limits)) {
      try {
        transport.connect(open(line, session));
        demandSignIn(transport);
        Letter letter =
            new Letter(session, from, mail, clock.instant(), new Ids(clock, RANDOM).hex128());
        transport.sendMessage(letter, letter.envelope());
      } catch (IOException | MessagingException e) {
        throw line.isLate()
            ? SmtpFailure.late(server, limits)
            : e instanceof MessagingException refusal
                ? SmtpFailure.of(server, transport, refusal)
                : SmtpFailure.of(server, (IOException) e);
      }
      sayGoodbye(transport);
    }
  }

  private Socket open(SmtpLine line, Session session) throws IOException {
    Socket plain = line.connect(server.host(), server.port());
    return server.tls() == SmtpServer.Tls.AT_ONCE
        ? SocketFetcher.startTLS(plain, server.host(), session.getProperties(), "mail.smtp")
        : plain;
  }

  /** Without this a server that offers no sign-in would get the mail unsigned, from nobody. */
  private void demandSignIn(SMTPTransport transport) throws AuthenticationFailedException {
    if (server.login().isPresent() && !transport.supportsExtension("AUTH")) {
      throw new AuthenticationFailedException();
    }
  }

  private static void sayGoodbye(SMTPTransport transport) {
    try {
      transport.close();
    } catch (MessagingException e) {
      // The server has the mail already.
    }
  }

  @Override
  public String toString() {
    return "SmtpMailer[" + server + "]";
  }
}
