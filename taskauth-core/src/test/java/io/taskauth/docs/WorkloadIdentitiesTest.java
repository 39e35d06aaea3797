package io.taskauth.docs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import com.sun.net.httpserver.HttpServer;
import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import io.taskauth.principal.Authentication.Authenticated;
import io.taskauth.principal.Credential;
import io.taskauth.principal.ServicePrincipal;
import io.taskauth.service.ProviderUnavailableException;
import io.taskauth.session.ClientInfo;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The example of the documentation, against a platform that signs and publishes its keys. */
class WorkloadIdentitiesTest {
  private static final String ISSUER = "https://platform.example";
  private static final String WORKLOAD = "system:serviceaccount:monitoring:prometheus";

  private final HttpServer platform;
  private final RSAKey key;
  private final RSAKey strangers;
  private WorkloadIdentities provider;

  WorkloadIdentitiesTest() throws Exception {
    key = new RSAKeyGenerator(2048).keyID("one").generate();
    strangers = new RSAKeyGenerator(2048).keyID("one").generate();
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    byte[] keys = new JWKSet(key.toPublicJWK()).toString().getBytes(UTF_8);
    platform.createContext(
        "/keys",
        exchange -> {
          exchange.getResponseHeaders().set("Content-Type", "application/jwk-set+json");
          exchange.sendResponseHeaders(200, keys.length);
          exchange.getResponseBody().write(keys);
          exchange.close();
        });
  }

  @BeforeEach
  void start() throws Exception {
    platform.start();
    provider =
        new WorkloadIdentities(keys(), ISSUER, "dashboard", Map.of(WORKLOAD, Set.of("metrics")));
  }

  private URL keys() throws MalformedURLException {
    return URI.create("http://127.0.0.1:" + platform.getAddress().getPort() + "/keys").toURL();
  }

  @AfterEach
  void stop() {
    platform.stop(0);
  }

  private static JWTClaimsSet.Builder claims() {
    return new JWTClaimsSet.Builder()
        .issuer(ISSUER)
        .audience("dashboard")
        .subject(WORKLOAD)
        .expirationTime(Date.from(Instant.now().plus(Duration.ofMinutes(10))));
  }

  private static String signed(JWTClaimsSet claims, RSAKey by) throws Exception {
    SignedJWT jwt =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.RS256).keyID(by.getKeyID()).build(), claims);
    jwt.sign(new RSASSASigner(by));
    return jwt.serialize();
  }

  @Test
  void itLetsAKnownWorkloadIn() throws Exception {
    URL keys = keys();
    String issuer = ISSUER;
    Map<String, Set<String>> scopes = Map.of(WORKLOAD, Set.of("metrics"));
    TaskAuthBuilder builder =
        // docs:begin workloadprovider
        TaskAuth.builder().tokenProvider(new WorkloadIdentities(keys, issuer, "dashboard", scopes));
    // docs:end workloadprovider
    try (TaskAuth auth = builder.user("ada", "correct horse battery").build()) {
      var answer =
          auth.authenticateService(
              new Credential.Bearer(signed(claims().build(), key)), ClientInfo.LOCAL);
      var service = (ServicePrincipal) ((Authenticated) answer).principal();
      assertThat(service.name()).isEqualTo("service:" + WORKLOAD);
      assertThat(service.scopes().names()).containsExactly("metrics");
      assertThat(service.service().expiresAt()).isAfter(Instant.now());
    }
  }

  @Test
  void itKnowsNobodyElse() throws Exception {
    assertThat(provider.verifyToken(signed(claims().subject("other").build(), key))).isEmpty();
    assertThat(provider.verifyToken(signed(claims().issuer("https://x").build(), key))).isEmpty();
    assertThat(provider.verifyToken(signed(claims().audience("other").build(), key))).isEmpty();
    assertThat(provider.verifyToken(signed(claims().expirationTime(null).build(), key))).isEmpty();
    Date past = Date.from(Instant.now().minus(Duration.ofHours(1)));
    assertThat(provider.verifyToken(signed(claims().expirationTime(past).build(), key))).isEmpty();
    assertThat(provider.verifyToken(signed(claims().build(), strangers))).isEmpty();
    assertThat(provider.verifyToken(new PlainJWT(claims().build()).serialize())).isEmpty();
    assertThat(provider.verifyToken("no token at all")).isEmpty();
    // The public key as a secret, which libraries have fallen for (RFC 8725, section 2.1).
    SignedJWT confused = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    confused.sign(new MACSigner(key.toRSAPublicKey().getEncoded()));
    assertThat(provider.verifyToken(confused.serialize())).isEmpty();
  }

  @Test
  void madeUpKeysAreNoOutage() throws Exception {
    for (int i = 0; i < 5; i++) {
      RSAKey other = new RSAKey.Builder(strangers).keyID("made-up-" + i).build();
      assertThat(provider.verifyToken(signed(claims().build(), other))).isEmpty();
    }
  }

  @Test
  void anOutageIsOne() throws Exception {
    String token = signed(claims().build(), key);
    platform.stop(0);
    assertThatThrownBy(() -> provider.verifyToken(token))
        .isInstanceOf(ProviderUnavailableException.class);
  }
}
