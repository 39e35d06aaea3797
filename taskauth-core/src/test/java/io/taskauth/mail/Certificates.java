package io.taskauth.mail;

import static java.lang.ProcessBuilder.Redirect.DISCARD;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Certificates of our own, each for one name and nothing else. */
public final class Certificates {
  private static final String PASSWORD = "changeit";
  private static final Path FILE = make("localhost");

  private Certificates() {}

  /** What a server and a client need that have only this certificate. */
  static SSLContext context() {
    return context(FILE);
  }

  /** Likewise, with a new certificate for this name, that nobody else trusts. */
  public static SSLContext contextFor(String name) {
    return context(make(name));
  }

  private static SSLContext context(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      keys.init(store, PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("ours", store.getCertificate("ours"));
      var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** GreenMail reads its certificate once per JVM, and from there. */
  static void giveToGreenMail() {
    System.setProperty("greenmail.tls.keystore.file", FILE.toString());
    System.setProperty("greenmail.tls.keystore.password", PASSWORD);
  }

  private static Path make(String name) {
    try {
      Path directory = Files.createTempDirectory("taskauth-certificates");
      Path file = directory.resolve(name + ".p12");
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
      command.addAll(List.of("-genkeypair", "-alias", "ours", "-keyalg", "EC"));
      command.addAll(List.of("-dname", "CN=" + name, "-ext", "san=dns:" + name));
      command.addAll(List.of("-storepass", PASSWORD, "-keystore", file.toString()));
      if (new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(DISCARD)
              .start()
              .waitFor()
          != 0) {
        throw new IllegalStateException("keytool failed");
      }
      return file;
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
