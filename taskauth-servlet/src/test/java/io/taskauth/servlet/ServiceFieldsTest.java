package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A machine's account is made only of what makes sense. */
class ServiceFieldsTest {
  private static final String ALL = "/api/auth/admin/services";

  private static Site site() {
    return Sites.one();
  }

  private static Call create() {
    return site().post(ALL).meantBy(site().known("ada"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{} | name",
        "{'name':''} | name",
        "{'name':'Deploy','scopes':['x']} | name",
        "{'name':'-x','scopes':['x']} | name",
        "{'name':'a b','scopes':['x']} | name",
        "{'name':7,'scopes':['x']} | name",
        "{'name':'d'} | scopes",
        "{'name':'d','scopes':[]} | scopes",
        "{'name':'d','scopes':['Drain']} | scopes",
        "{'name':'d','scopes':['']} | scopes",
        "{'name':'d','scopes':'drain'} | scopes",
        "{'name':'d','scopes':['x'],'expires_in_days':0} | expires_in_days",
        "{'name':'d','scopes':['x'],'expires_in_days':3651} | expires_in_days",
        "{'name':'d','scopes':['x'],'expires_in_days':'9'} | expires_in_days",
        "{'name':'d','scopes':['x'],'expires':9} | expires",
        "[] | object"
      })
  void whatMakesNoSenseIsRefusedByName(String body, String named) {
    Answer answer = create().json(body.replace('\'', '"')).send();
    assertThat(answer.status()).as("%s", answer).isEqualTo(400);
    assertThat(answer.json().get("detail").asString()).contains(named);
    assertThat(site().get(ALL).as(site().known("ada")).send().text())
        .doesNotContain("\"name\":\"d\"");
  }

  @Test
  void tooLongNamesAndTooManyScopesAreRefused() {
    List<String> scopes = IntStream.range(0, 21).mapToObj(i -> "s" + i).toList();
    assertThat(create().object("name", "d", "scopes", scopes).send().status()).isEqualTo(400);
    assertThat(create().object("name", "d".repeat(65), "scopes", List.of("x")).send().status())
        .isEqualTo(400);
  }
}
