package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.testkit.Race;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** An administrator makes accounts. */
class UserCreationTest {
  private static final String USERS = "/api/auth/users";

  static Stream<Arguments> refused() {
    return Stream.of(
        Arguments.of("{}", "username"),
        Arguments.of("{'username':null}", "username"),
        Arguments.of("{'username':7}", "username"),
        Arguments.of("{'username':['refused']}", "username"),
        Arguments.of("{'username':''}", "username"),
        Arguments.of("{'username':'refused user'}", "username"),
        Arguments.of("{'username':'google:refused'}", "username"),
        Arguments.of("{'username':'refüsed'}", "username"),
        Arguments.of("{'username':'refused\\u0000'}", "username"),
        Arguments.of("{'username':'refused\\ud800'}", "username"),
        Arguments.of("{'username':'<b>refused'}", "username"),
        Arguments.of("{'username':'" + "r".repeat(65) + "'}", "username"),
        Arguments.of("{'username':'" + "r".repeat(300) + "'}", "username"),
        Arguments.of("{'username':'refused','email':'nowhere'}", "email"),
        Arguments.of("{'username':'refused','email':7}", "email"),
        Arguments.of("{'username':'refused','email':'a@b.example,c@d.example'}", "email"),
        Arguments.of("{'username':'refused','email':'a@b.example\\r\\nBcc: c@d.example'}", "email"),
        Arguments.of("{'username':'refused','email':'a@b.example\\n'}", "email"),
        Arguments.of("{'username':'refused','email':'Ada <a@b.example>'}", "email"),
        Arguments.of("{'username':'refused','display_name':7}", "display_name"),
        Arguments.of("{'username':'refused','display_name':'a\\nb'}", "display_name"),
        Arguments.of("{'username':'refused','display_name':'" + "r".repeat(129) + "'}", "display"),
        Arguments.of("{'username':'refused','role':'root'}", "role"),
        Arguments.of("{'username':'refused','role':'ADMIN'}", "role"),
        Arguments.of("{'username':'refused','role':''}", "role"),
        Arguments.of("{'username':'refused','role':7}", "role"),
        Arguments.of("{'username':'refused','role':['admin']}", "role"),
        Arguments.of("{'username':'refused','password':7}", "password"),
        Arguments.of("{'username':'refused','password':''}", "password"),
        Arguments.of("{'username':'refused','password':'short'}", "password"),
        Arguments.of("{'username':'refused','password':'password123'}", "password"),
        Arguments.of("{'username':'refused.user','password':'refused.user'}", "password"),
        Arguments.of("{'username':'refused','password':'" + "é".repeat(257) + "'}", "password"),
        Arguments.of("{'username':'refused','id':'x'}", "'id' is not known here"),
        Arguments.of("{'username':'refused','active':false}", "'active' is not known here"),
        Arguments.of("{'username':'refused','origin':'x'}", "'origin' is not known here"),
        Arguments.of("{'username':'refused','password_hash':'x'}", "'password_hash' is not known"),
        Arguments.of("{'username':'refused','<b>':1}", "'a field' is not known"),
        Arguments.of("{'username':'refused','username':'refused2'}", "twice"),
        Arguments.of("['refused']", "object"));
  }

  @ParameterizedTest
  @MethodSource("refused")
  void nobodyIsMadeOutOf(String json, String complaint) {
    Site site = Sites.one();
    Answer answer =
        site.post(USERS).meantBy(site.known("ada")).json(json.replace('\'', '"')).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.json().get("detail").asString()).contains(complaint).doesNotContain("<b>");
    JsonNode found =
        site.get(USERS + "?q=refused").as(site.known("ada")).send().json().get("items");
    assertThat(found.isEmpty()).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void otherMediaTypeIsRefused(Site site) {
    byte[] json = "{\"username\":\"refused\"}".getBytes(UTF_8);
    for (String type :
        new String[] {"text/plain", "application/merge-patch+json", "application/json;charset=x"}) {
      Answer answer = site.post(USERS).meantBy(site.known("ada")).body(type, json).send();
      assertThat(answer.error()).isEqualTo("unsupported_media_type");
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nameOrAddressOfSomebodyElseIsTaken(Site site) {
    SignedIn ada = site.known("ada");
    String holder = site.freshAccount("viewer");
    Answer mail =
        site.call("PATCH", site.userPath(holder))
            .meantBy(ada)
            .object("email", holder + "@Example.com")
            .send();
    assertThat(mail.status()).as("%s", mail).isEqualTo(200);
    String address = holder + "@example.com";
    for (Object[] fields :
        new Object[][] {
          {"username", holder},
          {"username", holder.toUpperCase(java.util.Locale.ROOT)},
          {"username", " " + holder + " "},
          {"username", address},
          {"username", "newcomer", "email", address.toUpperCase(java.util.Locale.ROOT)},
          {"username", "newcomer", "email", "ｕ" + address.substring(1)},
          {"username", "newcomer", "email", holder + "@example.com "}
        }) {
      Answer answer = site.post(USERS).meantBy(ada).object(fields).send();
      assertThat(answer.status()).as("%s %s", List.of(fields), answer).isEqualTo(409);
      assertThat(answer.error()).isEqualTo("user_exists");
    }
    assertThat(site.get(USERS + "?q=newcomer").as(ada).send().json().get("items").isEmpty())
        .isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void everythingThatWasSaidIsKept(Site site) {
    String name = "Grace.Hopper-" + site.freshAccount("viewer");
    Answer made =
        site.post(USERS)
            .bearer(site.token("ada", "admin").secret())
            .object(
                "username",
                "  " + name + " ",
                "email",
                name + "@example.com",
                "display_name",
                "  Grace Höpper 🚢 ",
                "role",
                "operator",
                "password",
                Site.PASSWORD)
            .send();
    assertThat(made.status()).as("%s", made).isEqualTo(201);
    JsonNode user = made.json();
    assertThat(user.propertyNames())
        .containsExactly(
            "id",
            "username",
            "email",
            "display_name",
            "role",
            "active",
            "created_at",
            "last_login_at",
            "deactivated_at",
            "deactivated_by",
            "origin");
    assertThat(user.get("username").asString()).isEqualTo(name);
    assertThat(user.get("email").asString()).isEqualTo(name + "@example.com");
    assertThat(user.get("display_name").asString()).isEqualTo("Grace Höpper 🚢");
    assertThat(user.get("role").asString()).isEqualTo("operator");
    assertThat(user.get("active").asBoolean()).isTrue();
    assertThat(user.get("origin").asString()).isEqualTo("password");
    assertThat(user.get("last_login_at").isNull()).isTrue();
    assertThat(made.text()).doesNotContain("argon2", "hash", Site.PASSWORD);
    String path = site.path(USERS + "/" + user.get("id").asString());
    assertThat(made.location()).isEqualTo(path);
    assertThat(site.raw("GET", path).as(site.known("ada")).send().json()).isEqualTo(user);
    SignedIn in = site.signIn(name.toUpperCase(java.util.Locale.ROOT) + "@EXAMPLE.com");
    assertThat(site.post("/run/x").meantBy(in).send().text()).contains("user=" + name);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void nameAloneMakesTheLeastOfUsersWithALink(Site site) {
    for (Object[] password : new Object[][] {{}, {"password", null}}) {
      String name = "least-" + site.freshAccount("viewer");
      Object[] fields =
          Stream.concat(
                  Stream.of("username", name, "email", null, "display_name", " ", "role", null),
                  Stream.of(password))
              .toArray();
      Answer made = site.post(USERS).meantBy(site.known("ada")).object(fields).send();
      assertThat(made.status()).as("%s", made).isEqualTo(201);
      JsonNode user = made.json();
      assertThat(user.get("role").asString()).isEqualTo("viewer");
      assertThat(user.get("email").isNull()).isTrue();
      assertThat(user.get("display_name").isNull()).isTrue();
      assertThat(user.get("email_sent").asBoolean()).isFalse();
      assertThat(user.get("reset_url").asString())
          .endsWith(site.path("/auth/reset?token=" + user.get("reset_token").asString()));
      assertThat(user.get("reset_token").asString()).matches("[A-Za-z0-9_-]{43}");
      Answer login =
          site.post("/api/auth/login").json(Site.credentials(name, Site.PASSWORD)).send();
      assertThat(login.error()).isEqualTo("invalid_credentials");
    }
  }

  @Test
  void oneOfManyWithTheSameNameIsMade() {
    Site site = Sites.one();
    String name = "raced-" + site.freshAccount("viewer");
    String token = site.token("ada").secret();
    List<Answer> answers =
        Race.of(
            12,
            n ->
                n % 2 == 0
                    ? site.post(USERS).bearer(token).object("username", name + "@x.y").send()
                    : site.post(USERS)
                        .bearer(token)
                        .object("username", name + n, "email", name + "@X.Y")
                        .send());
    assertThat(answers).filteredOn(answer -> answer.status() == 201).hasSize(1);
    assertThat(answers)
        .filteredOn(answer -> answer.status() != 201)
        .allMatch(answer -> answer.error().equals("user_exists"));
  }
}
