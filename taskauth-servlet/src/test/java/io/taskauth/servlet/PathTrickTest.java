package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No spelling of a path shows what the plain spelling does not. */
class PathTrickTest {
  /** The contract calls these ambiguous: refused whoever asks. */
  static Stream<Arguments> ambiguous() {
    return cross(
        "/public/..%2Fadmin/x",
        "/public%2Fx",
        "/public%2f..%2fadmin",
        "/admin%2Fx",
        "/public/..%5Cadmin",
        "/public%5cx",
        "/public/..\\admin",
        "/public\\..\\admin",
        "/public/x%00",
        "/admin%00",
        "/public/%01",
        "/public/%0d%0aSet-Cookie:x",
        "/public/%7f",
        "/public/%252e%252e/admin",
        "/public/%252Fx",
        "/%2561dmin",
        "//admin",
        "//public/x",
        "/public//x",
        "/public//../admin",
        "/public/;a//../admin",
        "/public/%C0%AE%C0%AE/admin",
        "/public/%C0%AFx",
        "/public/%E0%80%AE",
        "/public/%FF",
        "/public/%ED%A0%80",
        "/public/%F4%90%80%80",
        "/public/%",
        "/public/%2",
        "/public/%zz",
        "/public/%u002e");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("ambiguous")
  void ambiguousPathIsRefusedBeforeAnythingElse(Site site, String path) {
    Answer anonymous = site.get(path).browser().send();
    assertThat(anonymous.status()).as("%s", anonymous).isEqualTo(400);
    assertThat(site.get(path).as(site.known("ada")).send().status()).isEqualTo(400);
  }

  /** Other spellings of protected paths. What containers make of them differs. */
  static Stream<Arguments> disguised() {
    return cross(
        "/admin",
        "/admin/",
        "/admin;x=/public",
        "/admin;/public/x",
        "/admin/;x/y",
        "/admin/x;jsessionid=1",
        "/%61dmin/x",
        "/%61%64%6d%69%6e",
        "/ADMIN",
        "/ADMIN/x",
        "/./admin/x",
        "/.;a/admin/x",
        "/%2e/admin/x",
        "/public/..;/admin/x",
        "/public/..;a=b/admin/x",
        "/public/.;/../admin/x",
        "/public/%2e%2e/admin/x",
        "/public/.%2e/admin/x",
        "/public/%2E%2E;/admin/x",
        "/public/../admin/x",
        "/public/x/../../admin/x",
        "/public/../admin",
        "/public/..",
        "/public/../",
        "/;/admin/x",
        "/;x/admin/x",
        "/public;/../admin/x",
        "/x/../../../admin/x",
        "/../admin/x",
        "/..;/admin/x",
        "/admin.",
        "/admin%20",
        "/admin%09",
        "/admin?/public/x",
        "/admin/x?x=/public/",
        "/admin#/public/x",
        "/admin/..",
        "/admin/%E2%80%8B",
        "/api/open/",
        "/api/open/x",
        "/API/OPEN",
        "/publicx",
        "/auth/login/../../admin/x",
        "/auth/login;/../../admin/x",
        "/auth/assets/../../admin/x",
        "/auth/assets/..;/..;/admin/x",
        "/api/auth/status/../../../admin/x",
        "/api/auth/login/x",
        "/auth/login/x");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("disguised")
  void disguisedPathShowsNothingToStrangers(Site site, String path) {
    for (String method : new String[] {"GET", "POST", "HEAD"}) {
      Answer answer = site.call(method, path).send();
      assertThat(answer.isFromHost()).as("%s %s", method, answer).isFalse();
      assertThat(answer.status()).as("%s %s", method, answer).isBetween(300, 405);
      assertThat(site.call(method, path).browser().send().isFromHost()).isFalse();
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("disguised")
  void disguisedPathGivesViewersNoAdministration(Site site, String path) {
    Answer answer = site.get(path).as(site.known("vera")).send();
    assertThat(answer.text())
        .as("%s", answer)
        .doesNotContain("path=" + site.mount.mountPath + "/admin/")
        .doesNotContain("path=" + site.mount.mountPath + "/admin\n");
  }

  static Stream<Arguments> disguisedMounts() {
    return Sites.all()
        .filter(site -> site.mount != Mount.ROOT)
        .flatMap(
            site ->
                Stream.of(
                        "/tools;a=b/queue/admin/x",
                        "/tools/queue;a=b/admin/x",
                        "/%74ools/queue/admin/x",
                        "/tools/./queue/admin/x",
                        "/x/../tools/queue/admin/x",
                        "/tools/queue/public/../../queue/admin/x",
                        "/tools/queue/public/../../../tools/queue/admin/x",
                        "/tools//queue/admin/x",
                        "//tools/queue/admin/x",
                        "/TOOLS/queue/admin/x",
                        "/tools%2fqueue/admin/x",
                        "/tools/queue/../queue/public/../admin/x")
                    .map(path -> Arguments.of(site, path)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("disguisedMounts")
  void disguisedMountShowsNothingToStrangers(Site site, String target) {
    Answer answer = site.raw("GET", target).send();
    assertThat(answer.isFromHost()).as("%s", answer).isFalse();
    assertThat(answer.status()).as("%s", answer).isBetween(300, 404);
    assertThat(site.raw("GET", target).as(site.known("vera")).send().text())
        .doesNotContain("path=" + site.mount.mountPath + "/admin/x");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void absoluteFormOfTheTargetIsReadLikeThePath(Site site) {
    String origin = "http://evil.example";
    assertThat(site.raw("GET", origin + site.path("/admin/x")).send().isFromHost()).isFalse();
    assertThat(site.raw("GET", origin + site.path("/public/../admin/x")).send().isFromHost())
        .isFalse();
    Answer challenge = site.raw("GET", origin + site.path("/jobs")).browser().send();
    assertThat(challenge.location()).doesNotContain("evil");
    Answer open =
        site.raw("GET", "http://127.0.0.1:" + site.port() + site.path("/public/x")).send();
    assertThat(open.isFromHost()).as("%s", open).isTrue();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void asteriskAndBareWordsShowNothing(Site site) {
    assertThat(site.raw("OPTIONS", "*").send().isFromHost()).isFalse();
    assertThat(site.raw("GET", "admin").send().isFromHost()).isFalse();
  }

  private static Stream<Arguments> cross(String... paths) {
    return Sites.all().flatMap(site -> Stream.of(paths).map(path -> Arguments.of(site, path)));
  }
}
