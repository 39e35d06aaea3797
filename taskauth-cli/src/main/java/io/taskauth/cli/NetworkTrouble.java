package io.taskauth.cli;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** Says in one line what went wrong on the way to a server, and what to do. */
final class NetworkTrouble {
  private static final int DEEPEST = 20;

  private NetworkTrouble() {}

  static String explain(ServerAddress server, Throwable trouble) {
    String host = server.base().getHost();
    if (has(trouble, LimitedBody.TooLargeException.class)) {
      return "the answer of " + server + " is larger than 4 MiB; is this a server of taskauth?";
    }
    if (has(trouble, SSLException.class) || has(trouble, CertificateException.class)) {
      return aboutTls(server, host, trouble);
    }
    if (has(trouble, UnresolvedAddressException.class)
        || has(trouble, UnknownHostException.class)) {
      return "there is no host " + host + ", or no network; check the address of the server";
    }
    if (has(trouble, HttpConnectTimeoutException.class)) {
      return "cannot connect to " + server + ": nobody answers; check the address and the network";
    }
    if (has(trouble, ConnectException.class)) {
      return "cannot connect to " + server + ": refused; is the server running there?";
    }
    if (has(trouble, EOFException.class)) {
      return server + " closed the connection without an answer; try again later";
    }
    return "talking to " + server + " failed: " + lastMessage(trouble);
  }

  private static String aboutTls(ServerAddress server, String host, Throwable trouble) {
    if (has(trouble, CertificateExpiredException.class)) {
      return "the certificate of " + host + " has expired; its administrator must renew it";
    }
    if (has(trouble, CertificateNotYetValidException.class)) {
      return "the certificate of " + host + " is not valid yet; is this machine's clock right?";
    }
    if (has(trouble, CertPathBuilderException.class)
        || has(trouble, CertPathValidatorException.class)) {
      return "the certificate of "
          + host
          + " is from nobody whom this Java trusts; if it is your own, name the file of your"
          + " certificate authority (PEM) with --ca-file or TASKAUTH_CA_FILE";
    }
    if (find(trouble, CertificateException.class)
        .map(Throwable::getMessage)
        .filter(message -> message.startsWith("No "))
        .isPresent()) {
      return "the certificate is not for " + host + "; check the address of the server";
    }
    return "no encrypted connection with " + server + ": " + lastMessage(trouble);
  }

  private static boolean has(Throwable trouble, Class<? extends Throwable> kind) {
    return find(trouble, kind).isPresent();
  }

  private static <T extends Throwable> Optional<T> find(Throwable trouble, Class<T> kind) {
    @Nullable Throwable current = trouble;
    for (int depth = 0; current != null && depth < DEEPEST; depth++) {
      if (kind.isInstance(current)) {
        return Optional.of(kind.cast(current));
      }
      current = current.getCause();
    }
    return Optional.empty();
  }

  private static String lastMessage(Throwable trouble) {
    String message = trouble.getClass().getSimpleName();
    @Nullable Throwable current = trouble;
    for (int depth = 0; current != null && depth < DEEPEST; depth++) {
      message = current.getMessage() == null ? message : current.getMessage();
      current = current.getCause();
    }
    return message;
  }
}
