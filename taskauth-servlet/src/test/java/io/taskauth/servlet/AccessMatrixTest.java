package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.servlet.AccessTable.Caller;
import io.taskauth.servlet.AccessTable.Door;
import io.taskauth.servlet.AccessTable.Row;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who may do what with accounts, tokens and the record: every path, method and kind of caller. */
class AccessMatrixTest {
  static Stream<Arguments> callers() {
    return Sites.perContainer()
        .flatMap(site -> Stream.of(Caller.values()).map(caller -> Arguments.of(site, caller)));
  }

  @ParameterizedTest(name = "{1} at {0}")
  @MethodSource("callers")
  void everyCallerMeetsTheRuleOfTheTable(Site site, Caller caller) {
    for (Row row : AccessTable.ROWS) {
      Answer answer = caller.dress(site, row.call(site)).send();
      String expected = caller.mayUse(row);
      assertThat(answer.error())
          .as("%s %s: %s", caller, row, answer)
          .isEqualTo(expected.isEmpty() && row.reached() >= 400 ? answer.error() : expected);
      assertThat(answer.status())
          .as("%s %s: %s", caller, row, answer)
          .isEqualTo(AccessTable.status(expected, row));
      if (!expected.isEmpty()) {
        assertThat(answer.headers("Set-Cookie")).as("%s %s", caller, row).isEmpty();
      }
      if (expected.equals("insufficient_scope")) {
        assertThat(answer.header("WWW-Authenticate").orElseThrow()).contains("insufficient_scope");
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void strangersBrowserIsSentToTheLoginByPagesOnly(Site site) {
    for (Row row : AccessTable.ROWS) {
      if (row.method().equals("GET")) {
        Answer answer = site.get(row.path()).browser().send();
        if (row.path().startsWith("/api/")) {
          assertThat(answer.error()).as("%s", row).isEqualTo("not_authenticated");
        } else {
          assertThat(answer.status()).as("%s %s", row, answer).isEqualTo(302);
          assertThat(answer.location()).startsWith(site.path("/auth/login?next=%2F"));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void operatorsBrowserGetsAPageAndNoRedirect(Site site) {
    for (Row row : AccessTable.ROWS) {
      if (row.method().equals("GET") && row.door() == Door.ADMIN_PAGE) {
        Answer answer = site.get(row.path()).browser().as(site.known("olga")).send();
        assertThat(answer.status()).as("%s %s", row, answer).isEqualTo(403);
        assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/html");
        assertThat(answer.text())
            .contains("Your role does not allow this.", "olga", "Sign out")
            .doesNotContain("/auth/admin/");
        assertThat(answer.header("Location")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void tokenIsToldByAPageThatItTakesASession(Site site) {
    Answer answer =
        site.get("/auth/admin/users").browser().bearer(site.token("ada").secret()).send();
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Location")).isEmpty();
    assertThat(answer.text()).contains("A personal access token cannot do this.");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void changeThatNobodyMeantIsRefused(Site site) {
    SignedIn ada = site.known("ada");
    SignedIn vera = site.known("vera");
    for (Row row : AccessTable.ROWS) {
      if (!row.isSafe()) {
        Call[] forged = {
          row.call(site).as(ada),
          row.call(site).as(ada).header("X-CSRF-Token", vera.csrf()),
          row.call(site).as(ada).header("X-CSRF-Token", ""),
          row.call(site).meantBy(ada).header("Origin", "https://evil.example"),
          row.call(site).meantBy(ada).header("Sec-Fetch-Site", "cross-site")
        };
        for (Call call : forged) {
          Answer answer = call.send();
          assertThat(answer.status()).as("%s %s", row, answer).isEqualTo(403);
          assertThat(answer.error()).as("%s %s", row, answer).isEqualTo("csrf_failed");
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void headIsGetWithoutTheBody(Site site) {
    for (Row row : AccessTable.ROWS) {
      if (row.method().equals("GET")) {
        Answer head = site.call("HEAD", row.path()).as(site.known("ada")).send();
        assertThat(head.status()).as("%s %s", row, head).isEqualTo(row.reached());
        assertThat(head.body()).isEmpty();
        assertThat(site.call("HEAD", row.path()).send().status()).as("%s", row).isEqualTo(401);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void otherMethodsAreNamedInAllow(Site site) {
    for (String path : AccessTable.ROWS.stream().map(Row::path).distinct().toList()) {
      for (Call call :
          new Call[] {
            site.call("PUT", path),
            site.call("PUT", path).meantBy(site.known("ada")),
            site.call("OPTIONS", path).bearer(site.token("ada").secret())
          }) {
        Answer answer = call.send();
        assertThat(answer.status()).as("%s %s", path, answer).isEqualTo(405);
        assertThat(answer.header("Allow")).as(path).contains(AccessTable.methods(path));
      }
    }
  }
}
