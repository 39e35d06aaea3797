package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A link leads to this site, whatever name the request calls it by. */
class ResetLinkTest {
  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#all")
  void hostOfTheRequestIsNeverInTheLink(Site site) {
    String path = site.userPath(site.freshAccount("viewer")) + "/reset-password";
    String bearer = site.token("ada").secret();
    for (Call call :
        new Call[] {
          site.post(path),
          site.post(path).host("evil.example"),
          site.post(path).host("evil.example:" + site.port()),
          site.post(path).header("X-Forwarded-Host", "evil.example"),
          site.post(path).header("X-Forwarded-Port", "1"),
          site.post(path).header("X-Forwarded-Prefix", "/evil"),
          site.post(path).header("Forwarded", "host=evil.example;proto=https"),
          site.post(path).header("X-Original-Host", "evil.example"),
          site.raw("POST", "http://evil.example" + site.path(path)).host("evil.example")
        }) {
      Answer answer = call.bearer(bearer).send();
      assertThat(answer.status()).as("%s", answer).isEqualTo(200);
      assertThat(answer.json().get("reset_url").asString())
          .isEqualTo(
              "http://127.0.0.1:"
                  + site.port()
                  + site.path("/auth/reset?token=" + answer.json().get("reset_token").asString()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ROOT, https://tools.example.com, https://tools.example.com",
    "ROOT, https://tools.example.com/, https://tools.example.com",
    "ROOT, http://tools.example.com:8443/a/b/, http://tools.example.com:8443/a/b",
    "CONTEXT, https://tools.example.com, https://tools.example.com/tools/queue",
    "CONTEXT, https://tools.example.com/apps, https://tools.example.com/apps",
    "MOUNTED, https://tools.example.com, https://tools.example.com/tools/queue",
    "MOUNTED, https://tools.example.com/apps, https://tools.example.com/apps/tools/queue"
  })
  void publicAddressIsInTheLink(Mount mount, String publicUrl, String start) {
    Site site = Site.custom(mount, UnaryOperator.identity(), web -> web.publicUrl(publicUrl));
    try {
      Answer answer =
          site.post(site.userPath(site.freshAccount("viewer")) + "/reset-password")
              .host("evil.example")
              .bearer(site.token("ada").secret())
              .send();
      assertThat(answer.json().get("reset_url").asString())
          .isEqualTo(start + "/auth/reset?token=" + answer.json().get("reset_token").asString());
    } finally {
      site.stop();
    }
  }
}
