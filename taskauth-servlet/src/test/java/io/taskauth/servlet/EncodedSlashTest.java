package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host that splits raw segments itself lets the encoded slash pass; both readings count. */
class EncodedSlashTest {
  private static Site site;

  @BeforeAll
  static void start() {
    site =
        Site.special(
            Mount.ROOT,
            (mount, auth) -> {
              try {
                WebOptions options = HostApp.options(mount).allowEncodedSlash();
                return JettyContainer.withEncodedSlashes("", new TaskAuthFilter(auth, options));
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
  }

  @AfterAll
  static void stop() {
    site.stop();
  }

  @Test
  void pathThatOneReadingTakesForAConsoleStillNeedsTheToken() {
    SignedIn vera = site.known("vera");
    Call unclear = site.post("/console%2Fx").as(vera).header("Sec-Fetch-Site", "same-origin");
    assertThat(unclear.send().error()).isEqualTo("csrf_failed");
    Call clear = site.post("/console/a%2Fb").as(vera).header("Sec-Fetch-Site", "same-origin");
    assertThat(clear.send().isFromHost()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/public%2Fx",
        "/x%2Fpublic",
        "/admin%2Fx",
        "/run%2fx",
        "/public/..%2Fadmin",
        "/public/..%2fadmin/x",
        "/public/%2e%2e%2Fadmin/x",
        "/public/a%2F..%2F..%2Fadmin/x",
        "/public%2F..%2Fadmin",
        "/jobs/a%2Fb"
      })
  void strangerGetsNothing(String path) {
    Answer answer = site.get(path).send();
    assertThat(answer.isFromHost()).as("%s", answer).isFalse();
    assertThat(answer.status()).isIn(400, 401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/admin%2Fx",
        "/jobs%2F..%2Fadmin%2Fx",
        "/jobs/..%2Fadmin/x",
        "/public/..%2fadmin/x",
        "/admin/a%2Fb"
      })
  void viewerGetsNoAdministration(String path) {
    Answer answer = site.get(path).as(site.known("vera")).send();
    assertThat(answer.isFromHost()).as("%s", answer).isFalse();
    assertThat(answer.status()).isIn(400, 403);
  }

  @Test
  void nameWithASlashReachesTheHost() {
    assertThat(site.get("/jobs/a%2Fb").as(site.known("vera")).send().text())
        .contains("path=/jobs/a/b");
    assertThat(site.get("/public/a%2Fb").send().isFromHost()).isTrue();
    assertThat(site.get("/admin/a%2Fb").as(site.known("ada")).send().isFromHost()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/a%252Fb", "/jobs/a%5Cb", "/jobs/a%00", "/jobs//a"})
  void otherAmbiguousPathsAreStillRefused(String path) {
    assertThat(site.get(path).as(site.known("ada")).send().status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/jobs/%3Clocals%3E", "/jobs/a+b", "/jobs/100%25", "/jobs/%C3%BC"})
  void oddNamesAreDecodedOnce(String path) {
    Answer answer = site.get(path).as(site.known("vera")).send();
    assertThat(answer.isFromHost()).as("%s", answer).isTrue();
  }

  @Test
  void pathOfMachinesIsTheirsInEitherReading() {
    Answer user = site.get("/machine%2Fstream").as(site.known("ada")).send();
    assertThat(user.error()).as("%s", user).isEqualTo("not_authenticated");
    Answer socket = Door.ws(site, "/ws%2Fasync").as(site.known("ada")).send();
    assertThat(socket.error()).as("%s", socket).isEqualTo("not_authenticated");
  }
}
