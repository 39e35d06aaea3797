package io.taskauth.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.SecureRequestCustomizer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose certificates are trusted, and what is said about the others. */
class CertificateTest {
  private static final String SECRET = "changeit";

  @TempDir private static Path home;

  @BeforeAll
  static void makeCertificates() throws Exception {
    make("authority", "-ext", "bc:c", "-dname", "CN=Test authority");
    make("good", "-ext", "san=ip:127.0.0.1", "-dname", "CN=good", "-signer", "authority");
    make(
        "elsewhere", "-ext", "san=dns:elsewhere.example", "-dname", "CN=x", "-signer", "authority");
    make(
        "old",
        "-ext",
        "san=ip:127.0.0.1",
        "-dname",
        "CN=x",
        "-signer",
        "authority",
        "-startdate",
        "-10d",
        "-validity",
        "5");
    make(
        "future",
        "-ext",
        "san=ip:127.0.0.1",
        "-dname",
        "CN=x",
        "-signer",
        "authority",
        "-startdate",
        "+5d");
    byte[] authority = store().getCertificate("authority").getEncoded();
    Files.writeString(
        home.resolve("ca.pem"),
        "-----BEGIN CERTIFICATE-----\n"
            + Base64.getMimeEncoder().encodeToString(authority)
            + "\n-----END CERTIFICATE-----\n");
  }

  private static void make(String alias, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-J-XX:TieredStopAtLevel=1",
                "-genkeypair",
                "-alias",
                alias,
                "-keyalg",
                "EC",
                "-keystore",
                home.resolve("keys.p12").toString(),
                "-storepass",
                SECRET));
    command.addAll(List.of(more));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(keytool.waitFor()).as(said).isZero();
  }

  private static KeyStore store() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(home.resolve("keys.p12"))) {
      store.load(in, SECRET.toCharArray());
    }
    return store;
  }

  private static Person person() {
    return new Person(home).with("TASKAUTH_TOKEN", "a-token");
  }

  private static String ca() {
    return home.resolve("ca.pem").toString();
  }

  /** A server that shows this certificate, and knows who everybody is. */
  private static final class TlsServer implements AutoCloseable {
    private final Server jetty = new Server();
    private final ServerConnector connector;

    TlsServer(String alias) throws Exception {
      SslContextFactory.Server tls = new SslContextFactory.Server();
      tls.setKeyStore(store());
      tls.setKeyStorePassword(SECRET);
      tls.setCertAlias(alias);
      tls.setSniRequired(false);
      HttpConfiguration http = new HttpConfiguration();
      http.addCustomizer(new SecureRequestCustomizer(false));
      connector =
          new ServerConnector(
              jetty,
              1,
              1,
              new SslConnectionFactory(tls, "http/1.1"),
              new HttpConnectionFactory(http));
      connector.setHost("127.0.0.1");
      jetty.addConnector(connector);
      jetty.setHandler(
          new Handler.Abstract() {
            @Override
            public boolean handle(Request request, Response response, Callback callback) {
              response.getHeaders().put("Content-Type", "application/json");
              response.write(
                  true,
                  StandardCharsets.UTF_8.encode(
                      "{\"user\": {\"username\": \"ada\"}, \"via\": \"pat\"}"),
                  callback);
              return true;
            }
          });
      jetty.start();
    }

    String url() {
      return "https://127.0.0.1:" + connector.getLocalPort();
    }

    @Override
    public void close() throws Exception {
      jetty.stop();
    }
  }

  @Test
  void anUnknownAuthorityIsNotTrustedUnlessNamed() throws Exception {
    try (TlsServer server = new TlsServer("good")) {
      Person person = person();
      person
          .run("whoami", "--server", server.url())
          .failed("from nobody whom this Java trusts", "--ca-file", "TASKAUTH_CA_FILE");

      person.run("whoami", "--server", server.url(), "--ca-file", ca()).succeeded();
      person.with("TASKAUTH_CA_FILE", ca()).run("whoami", "--server", server.url()).succeeded();
    }
  }

  @Test
  void theFileIsRememberedWithTheSignIn() throws Exception {
    try (TlsServer server = new TlsServer("good")) {
      Person person = new Person(home.resolve("other"));
      person
          .typing("a-token")
          .run("login", "--with-token", "--server", server.url(), "--ca-file", ca())
          .succeeded();

      person.run("whoami").succeeded();
    }
  }

  @Test
  void aCertificateForAnotherNameIsRefused() throws Exception {
    try (TlsServer server = new TlsServer("elsewhere")) {
      person()
          .run("whoami", "--server", server.url(), "--ca-file", ca())
          .failed("the certificate is not for 127.0.0.1");
    }
  }

  @Test
  void anExpiredOneIsRefused() throws Exception {
    try (TlsServer server = new TlsServer("old")) {
      person().run("whoami", "--server", server.url(), "--ca-file", ca()).failed("has expired");
    }
  }

  @Test
  void oneOfTheFutureIsRefused() throws Exception {
    try (TlsServer server = new TlsServer("future")) {
      person().run("whoami", "--server", server.url(), "--ca-file", ca()).failed("not valid yet");
    }
  }

  @Test
  void aFileWithoutCertificatesIsNamed() throws Exception {
    Path none = home.resolve("none.pem");
    person()
        .run("whoami", "--server", "https://127.0.0.1", "--ca-file", none.toString())
        .failed("none.pem: no such file");
    Files.writeString(none, "nothing");
    person()
        .run("whoami", "--server", "https://127.0.0.1", "--ca-file", none.toString())
        .failed("none.pem holds no certificates");
    Files.writeString(none, "");
    person()
        .run("whoami", "--server", "https://127.0.0.1", "--ca-file", none.toString())
        .failed("none.pem holds no certificates");
  }
}
