package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.Role;
import io.taskauth.user.UserChange;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever keeps a request open keeps no rights with it. */
class SlowBodyTest {
  private static final String BODY =
      "{\"username\":\"backdoor\",\"role\":\"admin\",\"password\":\"a long enough secret\"}";

  /** The answer to a request whose body goes on after {@code meanwhile}. */
  private static String create(Site site, SignedIn by, Runnable meanwhile) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      socket.setSoTimeout(10_000);
      OutputStream out = socket.getOutputStream();
      String head =
          "POST "
              + site.path("/api/auth/users")
              + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
              + "Content-Type: application/json\r\nContent-Length: "
              + BODY.length()
              + "\r\nAuthorization: Bearer "
              + by.token()
              + "\r\n\r\n";
      out.write((head + BODY.substring(0, 10)).getBytes(US_ASCII));
      out.flush();
      // The gate has been passed when the body is waited for; there is nothing to see it by.
      Thread.sleep(300);
      meanwhile.run();
      out.write(BODY.substring(10).getBytes(US_ASCII));
      out.flush();
      return new String(socket.getInputStream().readAllBytes(), US_ASCII);
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void administratorWhoIsDemotedMeanwhileCreatesNobody(Site site) throws IOException {
    String name = site.freshAccount("admin");
    String answer =
        create(
            site,
            site.signIn(name),
            () -> site.change(name, UserChange.nothing().role(new Role("viewer"))));
    assertThat(answer).contains(" 403 ", "forbidden");
    assertThat(site.auth.userAdministration().orElseThrow().findByLogin("backdoor")).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void administratorWhoIsDeactivatedMeanwhileCreatesNobody(Site site) throws IOException {
    String name = site.freshAccount("admin");
    String answer =
        create(
            site,
            site.signIn(name),
            () -> site.change(name, UserChange.nothing().deactivate(site.clock.instant(), null)));
    assertThat(answer).contains(" 401 ", "invalid_token");
    assertThat(site.auth.userAdministration().orElseThrow().findByLogin("backdoor")).isEmpty();
  }
}
