package io.taskauth.servlet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a browser, or somebody who is none, may send as cookies. */
class CookieJarTest {
  private static final CookieJar JAR = new CookieJar("", SameSite.LAX);
  private static final CookieJar MOUNTED = new CookieJar("/console", SameSite.LAX);

  private static CookieJar.Found plain(String... headers) {
    return find(JAR, false, headers);
  }

  private static CookieJar.Found find(CookieJar jar, boolean secure, String... headers) {
    return jar.find(
        FakeRequest.with(Map.of("Cookie", List.of(headers))), secure, CookieJar.SESSION);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "taskauth_session=good",
        "theme=dark; taskauth_session=good; lang=en",
        "theme=dark;taskauth_session=good;lang=en",
        "  taskauth_session = good  ;x=y",
        ";;taskauth_session=good;;",
        // The name in other names and values.
        "taskauth_session_old=bad; taskauth_session=good",
        "my_taskauth_session=bad; taskauth_session=good; taskauth_session2=bad",
        "next=taskauth_session; taskauth_session=good; x=taskauth_session=bad",
        "taskauth_session; taskauth_session=good",
        "=taskauth_session; taskauth_session=good",
        "taskauth_sessiontaskauth_session=bad; taskauth_session=good"
      })
  void cookieIsFoundAmongOthers(String header) {
    assertThat(plain(header).values()).containsExactly("good");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        ";",
        "theme=dark",
        "taskauth_session",
        "taskauth_session_old=bad",
        "Taskauth_session=bad",
        "x=taskauth_session=bad",
        "x=\"taskauth_session=bad\"",
        "taskauth_ session=bad"
      })
  void absentIsAbsent(String header) {
    assertThat(plain(header).isAbsent()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "taskauth_session=, ''",
    "taskauth_session=a=b==, a=b==",
    "'taskauth_session=\"good\"', '\"good\"'",
    "'taskauth_session=a b', 'a b'",
    "'taskauth_session=taskauth_session', taskauth_session"
  })
  void valueIsAllThatStandsThere(String header, String value) {
    assertThat(plain(header).single()).contains(value);
  }

  @Test
  void twoOfTheSameNameAreNoneUnlessTheyAgree() {
    assertThat(plain("taskauth_session=a; taskauth_session=b").single()).isEmpty();
    assertThat(plain("taskauth_session=a; taskauth_session=b").isAbsent()).isFalse();
    assertThat(plain("taskauth_session=a", "x=y; taskauth_session=b").single()).isEmpty();
    assertThat(plain("taskauth_session=a", "taskauth_session=a").single()).contains("a");
  }

  @Test
  void overHttpsOnlyTheGuardedNameCounts() {
    String both = "taskauth_session=planted; __Host-taskauth_session=good";

    assertThat(find(JAR, true, both).values()).containsExactly("good");
    assertThat(find(JAR, false, both).values()).containsExactly("good");
    assertThat(find(JAR, true, "taskauth_session=planted").isAbsent()).isTrue();
    assertThat(find(JAR, true, "__Secure-taskauth_session=planted").isAbsent()).isTrue();
  }

  @Test
  void belowAMountPathTheGuardIsTheOtherOne() {
    String both = "__Host-taskauth_session=other; __Secure-taskauth_session=good";

    assertThat(find(MOUNTED, true, both).values()).containsExactly("good");
    assertThat(find(MOUNTED, true, "__Host-taskauth_session=other").isAbsent()).isTrue();
  }
}
