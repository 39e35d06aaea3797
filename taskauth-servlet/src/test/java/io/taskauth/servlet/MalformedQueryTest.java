package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Containers throw when a malformed query is read; the pages must not break on it. */
class MalformedQueryTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void malformedQueryIsNoErrorOfOurs(Site site) {
    for (String query :
        new String[] {"next=%zz", "next=%", "next=%ff", "%", "&&==&", "next", "a=%00"}) {
      for (String path :
          new String[] {"/auth/login", "/auth/setup", "/auth/logout", "/auth/account"}) {
        Answer answer = site.get(path + "?" + query).as(site.known("vera")).send();
        assertThat(answer.status()).as("%s?%s %s", path, query, answer).isLessThan(500);
        assertThat(site.get(path + "?" + query).send().status()).isLessThan(500);
      }
    }
  }
}
