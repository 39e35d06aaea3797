package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A merge patch changes what it names, takes away what is null, and leaves the rest. */
class UserPatchTest {
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "{'role':'root'} | role",
        "{'role':null} | role",
        "{'role':1} | role",
        "{'role':['admin']} | role",
        "{'active':null} | active",
        "{'active':'false'} | active",
        "{'active':0} | active",
        "{'email':'nowhere'} | email",
        "{'email':true} | email",
        "{'email':'a@b.example\\r\\nBcc: c@d.example'} | email",
        "{'display_name':{}} | display_name",
        "{'display_name':'a\\u0007b'} | display_name",
        "{'username':'other'} | username",
        "{'id':'00000000-0000-7000-8000-000000000000'} | id",
        "{'password':'another fine one'} | password",
        "{'password_hash':'x'} | password_hash",
        "{'origin':'backend:x'} | origin",
        "{'created_at':'2020-01-01T00:00:00.000Z'} | created_at",
        "{'is_admin':true} | is_admin",
        "{'display_name':'changed','role':'root'} | role",
        "[] | object",
        "{'role':'admin','role':'viewer'} | twice"
      })
  void nothingIsChangedBy(String json, String complaint) {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    JsonNode before = site.get(site.userPath(name)).as(site.known("ada")).send().json();
    Answer answer = patch(site, name, json.replace('\'', '"'));
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("invalid_request");
    assertThat(answer.json().get("detail").asString()).contains(complaint);
    assertThat(site.get(site.userPath(name)).as(site.known("ada")).send().json()).isEqualTo(before);
  }

  private static Answer patch(Site site, String name, String json) {
    return site.call("PATCH", site.userPath(name)).meantBy(site.known("ada")).json(json).send();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void whatIsNamedChangesAndTheRestStays(Site site) {
    String name = site.freshAccount("viewer");
    String mail = name + "@example.com";
    JsonNode all =
        patch(
                site,
                name,
                "{\"display_name\":\" Ünal \",\"email\":\"" + mail + "\",\"role\":\"operator\"}")
            .json();
    assertThat(all.get("display_name").asString()).isEqualTo("Ünal");
    assertThat(all.get("email").asString()).isEqualTo(mail);
    assertThat(all.get("role").asString()).isEqualTo("operator");
    assertThat(patch(site, name, "{}").json()).isEqualTo(all);
    JsonNode unnamed = patch(site, name, "{\"display_name\":null}").json();
    assertThat(unnamed.get("display_name").isNull()).isTrue();
    assertThat(unnamed.get("email").asString()).isEqualTo(mail);
    assertThat(unnamed.get("role").asString()).isEqualTo("operator");
    JsonNode unaddressed = patch(site, name, "{\"email\":null}").json();
    assertThat(unaddressed.get("email").isNull()).isTrue();
    assertThat(unaddressed.get("active").asBoolean()).isTrue();
    assertThat(unaddressed.toString()).doesNotContain("hash", "argon2", "epoch");
    assertThat(site.get(site.userPath(name)).as(site.known("ada")).send().json())
        .isEqualTo(unaddressed);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "application/merge-patch+json",
        "Application/Merge-Patch+JSON; charset=utf-8"
      })
  void mergePatchMayBeCalledOne(String type) {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    Answer answer =
        site.call("PATCH", site.userPath(name))
            .meantBy(site.known("ada"))
            .body(type, "{\"role\":\"operator\"}".getBytes(UTF_8))
            .send();
    assertThat(answer.json().get("role").asString()).isEqualTo("operator");
  }

  @ParameterizedTest
  @ValueSource(strings = {"application/json-patch+json", "text/plain", ""})
  void otherPatchesAreNotUnderstood(String type) {
    Site site = Sites.one();
    String name = site.freshAccount("viewer");
    Answer answer =
        site.call("PATCH", site.userPath(name))
            .meantBy(site.known("ada"))
            .body(type, "{\"role\":\"operator\"}".getBytes(UTF_8))
            .send();
    assertThat(answer.error()).isEqualTo("unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void addressOfSomebodyElseIsTaken(Site site) {
    String name = site.freshAccount("viewer");
    String other = site.freshAccount("viewer");
    assertThat(patch(site, other, "{\"email\":\"" + other + "@example.com\"}").status())
        .isEqualTo(200);
    Answer taken =
        patch(site, name, "{\"role\":\"operator\",\"email\":\"" + other + "@EXAMPLE.com\"}");
    assertThat(taken.status()).isEqualTo(409);
    assertThat(taken.error()).isEqualTo("user_exists");
    assertThat(
            site.get(site.userPath(name))
                .as(site.known("ada"))
                .send()
                .json()
                .get("role")
                .asString())
        .isEqualTo("viewer");
    assertThat(patch(site, other, "{\"email\":\"" + other + "@EXAMPLE.COM\"}").status())
        .isEqualTo(200);
  }
}
