package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import com.unboundid.ldap.listener.InMemoryDirectoryServer;
import com.unboundid.ldap.listener.InMemoryDirectoryServerConfig;
import com.unboundid.ldap.listener.InMemoryListenerConfig;
import com.unboundid.ldap.listener.interceptor.InMemoryInterceptedSimpleBindRequest;
import com.unboundid.ldap.listener.interceptor.InMemoryOperationInterceptor;
import com.unboundid.ldap.sdk.Modification;
import com.unboundid.ldap.sdk.ModificationType;
import io.taskauth.TaskAuth;
import io.taskauth.login.SetupCode;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.user.LoginKey;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Accounts that a directory vouches for. */
class LdapBackendTest {
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private final SlowBind slow = new SlowBind();
  private InMemoryDirectoryServer directory;
  private TaskAuth auth;
  private JettyContainer jetty;

  private static final class SlowBind extends InMemoryOperationInterceptor {
    private volatile long millis;

    @Override
    public void processSimpleBindRequest(InMemoryInterceptedSimpleBindRequest request) {
      try {
        Thread.sleep(millis);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    InMemoryDirectoryServerConfig config = new InMemoryDirectoryServerConfig("dc=example,dc=com");
    config.setListenerConfigs(
        new InMemoryListenerConfig(
            "ldap", InetAddress.getByName("127.0.0.1"), 0, null, null, null));
    config.addInMemoryOperationInterceptor(slow);
    directory = new InMemoryDirectoryServer(config);
    add("dc=example,dc=com", "objectClass: domain", "dc: example");
    add("ou=people,dc=example,dc=com", "objectClass: organizationalUnit", "ou: people");
    add("ou=groups,dc=example,dc=com", "objectClass: organizationalUnit", "ou: groups");
    person("grace", "Grace Hopper", "cobol is fine by me");
    person("linus", "Linus", "the kernel of it");
    add(
        "cn=admins,ou=groups,dc=example,dc=com",
        "objectClass: groupOfNames",
        "cn: admins",
        "member: uid=grace,ou=people,dc=example,dc=com");
    directory.startListening();
    auth =
        Site.builder()
            .store(store)
            .setupCode(SetupCode.none())
            .backend("ldap", new LdapBackend("127.0.0.1", directory.getListenPort()))
            .backendTimeout(Duration.ofSeconds(1))
            .build();
    jetty = JettyContainer.start("", new TaskAuthFilter(auth, HostApp.options(Mount.ROOT)));
  }

  private void add(String dn, String... lines) throws Exception {
    directory.add(("dn: " + dn + "\n" + String.join("\n", lines)).split("\n"));
  }

  private void person(String uid, String name, String password) throws Exception {
    add(
        "uid=" + uid + ",ou=people,dc=example,dc=com",
        "objectClass: inetOrgPerson",
        "uid: " + uid,
        "cn: " + name,
        "sn: " + name,
        "mail: " + uid + "@example.com",
        "userPassword: " + password);
  }

  @AfterEach
  void stop() {
    jetty.stop();
    auth.close();
    directory.shutDown(true);
  }

  private Answer login(String name, String password) {
    return new Call(jetty.port(), "POST", "/api/auth/login")
        .json(Site.credentials(name, password))
        .send();
  }

  private void firstAdministratorIsThere() {
    assertThat(login("grace", "cobol is fine by me").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource({
    "grace, wrong",
    "grace, ''",
    "nobody, cobol is fine by me",
    "'*', cobol is fine by me",
    "'*)(uid=*', cobol is fine by me",
    "'grace)(uid=*', cobol is fine by me",
    "'gr*', cobol is fine by me",
    "'grace\\\\00', cobol is fine by me",
    "'uid=grace,ou=people,dc=example,dc=com', cobol is fine by me",
    "'', cobol is fine by me",
    "linus, cobol is fine by me"
  })
  void nobodyElseComesIn(String name, String password) {
    firstAdministratorIsThere();
    Answer answer = login(name, password);
    assertThat(answer.status()).as("%s", answer).isEqualTo(401);
    assertThat(answer.error()).isEqualTo("invalid_credentials");
  }

  @Test
  void firstSignInMakesAnAccountWithTheRoleOfTheGroup() {
    assertThat(login("linus", "the kernel of it").status())
        .as("the first account has to be an administrator's")
        .isEqualTo(401);
    Answer grace = login("GRACE", "cobol is fine by me");
    assertThat(grace.status()).as("%s", grace).isEqualTo(200);
    assertThat(grace.json().at("/user/role").asString()).isEqualTo("admin");
    assertThat(grace.json().at("/user/origin").asString()).isEqualTo("backend:ldap");
    assertThat(grace.json().at("/user/email").asString()).isEqualTo("grace@example.com");
    assertThat(grace.json().at("/user/display_name").asString()).isEqualTo("Grace Hopper");
    Answer linus = login("linus", "the kernel of it");
    assertThat(linus.json().at("/user/role").asString()).isEqualTo("viewer");
    String id = linus.json().at("/user/id").asString();
    assertThat(login("linus", "the kernel of it").json().at("/user/id").asString()).isEqualTo(id);
    assertThat(store.users().findByLogin(LoginKey.of("linus"))).isPresent();
  }

  @Test
  void roleFollowsTheGroup() throws Exception {
    firstAdministratorIsThere();
    login("linus", "the kernel of it");
    directory.modify(
        "cn=admins,ou=groups,dc=example,dc=com",
        new Modification(ModificationType.ADD, "member", "uid=linus,ou=people,dc=example,dc=com"));
    Answer promoted = login("linus", "the kernel of it");
    assertThat(promoted.json().at("/user/role").asString()).isEqualTo("admin");
  }

  @Test
  void passwordIsChangedWhereItIsKept() {
    firstAdministratorIsThere();
    SignedIn grace = Site.signedIn(login("grace", "cobol is fine by me"));
    Answer answer =
        new Call(jetty.port(), "POST", "/api/auth/change-password")
            .meantBy(grace)
            .json(
                "{\"old_password\":\"cobol is fine by me\",\"new_password\":\"another fine one\"}")
            .send();
    assertThat(answer.status()).isEqualTo(409);
  }

  @Test
  void stoppedDirectoryIsNoWrongPassword() {
    firstAdministratorIsThere();
    SignedIn grace = Site.signedIn(login("grace", "cobol is fine by me"));
    directory.shutDown(true);
    for (int i = 0; i < 12; i++) {
      Answer answer = login("grace", "cobol is fine by me");
      assertThat(answer.status()).as("%s", answer).isEqualTo(503);
      assertThat(answer.error()).isEqualTo("provider_unavailable");
      assertThat(answer.header("Retry-After")).isPresent();
      assertThat(answer.headers("Set-Cookie")).isEmpty();
    }
    Answer signedIn = new Call(jetty.port(), "GET", "/jobs").as(grace).send();
    assertThat(signedIn.status()).as("who is in stays in").isEqualTo(200);
  }

  @Test
  void slowDirectoryIsNoWrongPassword() {
    firstAdministratorIsThere();
    slow.millis = 3000;
    Answer answer = login("grace", "cobol is fine by me");
    slow.millis = 0;
    assertThat(answer.status()).as("%s", answer).isEqualTo(503);
    assertThat(answer.error()).isEqualTo("provider_unavailable");
    assertThat(login("grace", "cobol is fine by me").status()).isEqualTo(200);
  }
}
