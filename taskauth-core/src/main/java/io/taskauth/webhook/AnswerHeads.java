package io.taskauth.webhook;

import java.io.IOException;
import java.io.InputStream;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.ProtocolException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultHttpResponseParser;
import org.apache.hc.core5.http.io.HttpMessageParser;
import org.apache.hc.core5.http.io.SessionInputBuffer;

/**
 * Reads the heads of the answers on one connection, strictly: HttpClient's own reader skips what it
 * does not understand until something looks like a status line.
 */
final class AnswerHeads implements HttpMessageParser<ClassicHttpResponse> {
  /** A receiver may say "go on" or "still at it" (RFC 9110, section 15.2), but not for ever. */
  private static final int INTERIM = 8;

  private final DefaultHttpResponseParser parser;
  private int interim;

  AnswerHeads(Http1Config bounds) {
    this.parser = new DefaultHttpResponseParser(bounds);
  }

  @Override
  public ClassicHttpResponse parse(SessionInputBuffer buffer, InputStream in)
      throws IOException, HttpException {
    ClassicHttpResponse head = parser.parse(buffer, in);
    int status = head.getCode();
    // Nobody asked for another protocol, and what follows a 101 would not be HTTP.
    if (status < 100 || status == 101 || status > 599) {
      throw new ProtocolException("unexpected status");
    }
    if (status < 200 && ++interim > INTERIM) {
      throw new ProtocolException("too many interim answers");
    }
    return head;
  }
}
