package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.webhook.WebhookSender.Answer;
import io.taskauth.webhook.WebhookSender.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.classic.MinimalHttpClient;
import org.apache.hc.client5.http.impl.io.BasicHttpClientConnectionManager;
import org.apache.hc.client5.http.impl.io.DefaultHttpClientConnectionOperator;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.client5.http.ssl.DefaultClientTlsStrategy;
import org.apache.hc.client5.http.ssl.TlsSocketStrategy;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.net.URIAuthority;
import org.apache.hc.core5.util.Timeout;

/**
 * One request and its answer by Apache HttpClient, over a connection of its own. The client is the
 * minimal one: it knows no redirects, cookies, retries, credentials, proxies and no compression.
 * Threads share it.
 */
final class WebhookExchange {
  private static final String USER_AGENT = "taskauth-webhooks";
  private static final int BODY_BYTES = 4 << 10;

  /** More would only be tried by a receiver that wants to keep us busy. */
  private static final int ADDRESSES = 4;

  private static final Http1Config BOUNDS =
      Http1Config.custom()
          .setMaxLineLength(8 << 10)
          .setMaxHeaderCount(64)
          .setMaxEmptyLineCount(2)
          .build();

  private final TlsSocketStrategy tls;

  WebhookExchange(SSLContext context) {
    // Checks the certificate against the name in the URL.
    this.tls = new DefaultClientTlsStrategy(context);
  }

  /**
   * @param addresses those that were checked
   */
  Answer run(Request request, WebhookTarget target, List<InetAddress> addresses, WebhookLine line)
      throws IOException {
    List<InetAddress> tried = addresses.subList(0, Math.min(ADDRESSES, addresses.size()));
    MinimalHttpClient client = HttpClients.createMinimal(connections(target, tried, line));
    try {
      HttpHost host = new HttpHost(target.scheme(), target.host(), target.port());
      ClassicHttpResponse response =
          client.executeOpen(host, translated(request, target), HttpClientContext.create());
      return new Answer.Responded(response.getCode(), AnswerText.of(beginning(response)));
    } finally {
      // At once, and nothing but this: to close the answer would read the rest of its body.
      client.close(CloseMode.IMMEDIATE);
    }
  }

  private BasicHttpClientConnectionManager connections(
      WebhookTarget target, List<InetAddress> addresses, WebhookLine line) {
    BasicHttpClientConnectionManager connections =
        new BasicHttpClientConnectionManager(
            new DefaultHttpClientConnectionOperator(
                proxy -> line.socket(addresses),
                DefaultSchemePortResolver.INSTANCE,
                only(target.host(), addresses),
                scheme -> scheme.equals("https") ? tls : null),
            ManagedHttpClientConnectionFactory.builder()
                .http1Config(BOUNDS)
                .responseParserFactory(ours -> new AnswerHeads(BOUNDS))
                .build());
    // One address that is silent leaves the others their share of the time.
    Duration share = line.left().dividedBy(addresses.size()).plusMillis(1);
    connections.setConnectionConfig(
        ConnectionConfig.custom().setConnectTimeout(Timeout.of(share)).build());
    return connections;
  }

  /** Knows this one name, and asks nobody. */
  private static DnsResolver only(String host, List<InetAddress> addresses) {
    return new DnsResolver() {
      @Override
      public InetAddress[] resolve(String name) throws UnknownHostException {
        if (!name.equals(host)) {
          throw new UnknownHostException(name);
        }
        return addresses.toArray(InetAddress[]::new);
      }

      @Override
      public String resolveCanonicalHostname(String name) {
        return name;
      }
    };
  }

  private static ClassicHttpRequest translated(Request request, WebhookTarget target) {
    ClassicHttpRequest http = new BasicClassicHttpRequest("POST", target.path());
    http.setScheme(target.scheme());
    http.setAuthority(new URIAuthority(target.host(), target.unusualPort().orElse(-1)));
    http.setHeader("User-Agent", USER_AGENT);
    http.setHeader("Connection", "close");
    request.headers().forEach(http::setHeader);
    http.setEntity(
        new ByteArrayEntity(request.body().getBytes(UTF_8), ContentType.APPLICATION_JSON));
    return http;
  }

  private static byte[] beginning(ClassicHttpResponse response) throws IOException {
    HttpEntity body = response.getEntity();
    if (body == null) {
      return new byte[0];
    }
    return body.getContent().readNBytes(BODY_BYTES);
  }
}
