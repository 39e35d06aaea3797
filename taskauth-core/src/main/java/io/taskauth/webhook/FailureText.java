package io.taskauth.webhook;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.time.Duration;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ClientProtocolException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.NoHttpResponseException;

/**
 * What went wrong, in a sentence of ours: the messages of exceptions hold addresses, and what the
 * receiver sent.
 */
final class FailureText {
  static final String UNKNOWN_HOST = "The name of the host cannot be resolved at the moment.";

  private FailureText() {}

  static String late(Duration timeout) {
    return "There was no whole answer within " + timeout.toMillis() / 1000.0 + " seconds.";
  }

  static String of(IOException failure) {
    if (failure instanceof UnknownHostException) {
      return UNKNOWN_HOST;
    }
    if (failure instanceof SSLException) {
      return "There was no secure connection: the certificate is not trusted, is for another host,"
          + " or TLS failed.";
    }
    if (failure instanceof ConnectException
        || failure instanceof NoRouteToHostException
        || failure instanceof SocketTimeoutException) {
      return "The host could not be connected to.";
    }
    if (failure instanceof NoHttpResponseException) {
      return "The connection was closed without an answer.";
    }
    if (failure instanceof ClientProtocolException
        || failure instanceof MessageConstraintException) {
      return "The answer is no proper HTTP.";
    }
    return "The connection broke off.";
  }
}
