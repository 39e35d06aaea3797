package io.taskauth.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Reads the file of certificates that stands in for Java's own list. */
final class TrustedCertificates {
  private TrustedCertificates() {}

  static SSLContext from(Path file) {
    try {
      byte[] pem = Files.readAllBytes(file);
      Collection<? extends Certificate> certificates =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(pem));
      if (certificates.isEmpty()) {
        throw new CertificateException("none");
      }
      KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
      trusted.load(null, null);
      int number = 0;
      for (Certificate certificate : certificates) {
        trusted.setCertificateEntry("certificate-" + number++, certificate);
      }
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new Failure("cannot read the certificates in " + file + ": " + Reason.of(e), e);
    } catch (CertificateException e) {
      throw new Failure(file + " holds no certificates in PEM form", e);
    } catch (GeneralSecurityException e) {
      throw new Failure("cannot use the certificates in " + file, e);
    }
  }
}
