package io.taskauth.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever comes as a body: a clear no, never an error of ours. */
class JsonAbuseTest {
  private static final String JSON = "application/json";

  record Body(String contentType, byte[] bytes, int status) {
    static Body json(String text, int status) {
      return new Body(JSON, text.getBytes(UTF_8), status);
    }

    @Override
    public String toString() {
      String text = new String(bytes, ISO_8859_1);
      return status + " " + contentType + " " + text.substring(0, Math.min(60, text.length()));
    }
  }

  static Stream<Arguments> table() {
    String good = Site.credentials("nobody", "whatever it is");
    byte[] latin1 = "{\"username\":\"gr\u00fcn\",\"password\":\"x\"}".getBytes(ISO_8859_1);
    return Stream.of(
            Body.json("", 400),
            Body.json(" ", 400),
            Body.json("null", 400),
            Body.json("true", 400),
            Body.json("7", 400),
            Body.json("\"text\"", 400),
            Body.json("[]", 400),
            Body.json("[" + good + "]", 400),
            Body.json("{}", 400),
            Body.json("{", 400),
            Body.json("{\"username\"", 400),
            Body.json("{\"username\":\"a\"}", 400),
            Body.json("{\"password\":\"a\"}", 400),
            Body.json("{\"username\":7,\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"password\":7}", 400),
            Body.json("{\"username\":null,\"password\":\"a\"}", 400),
            Body.json("{\"username\":[\"a\"],\"password\":\"a\"}", 400),
            Body.json("{\"username\":{\"a\":1},\"password\":\"a\"}", 400),
            Body.json("{\"username\":true,\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"username\":\"b\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"\\u0075sername\":\"b\",\"password\":\"a\"}", 400),
            Body.json("{\"x\":{\"a\":1,\"a\":2},\"username\":\"a\",\"password\":\"a\"}", 400),
            Body.json(good + "x", 400),
            Body.json(good + good, 400),
            Body.json(good + ",", 400),
            Body.json("{'username':'a','password':'b'}", 400),
            Body.json("{username:\"a\",password:\"b\"}", 400),
            Body.json("/* */" + good, 400),
            Body.json("\uFEFF" + good, 400),
            Body.json("{\"username\":\"a\\u0000b\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\u0000b\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"password\":\"a\\u0000\"}", 400),
            Body.json("{\"username\":\"\\ud800\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"\\udc00\\ud800\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"password\":\"\\udfff\"}", 400),
            Body.json("{\"username\":\"a\\n\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"\\x41\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"" + "a".repeat(300) + "\",\"password\":\"a\"}", 400),
            Body.json("{\"username\":\"a\",\"password\":\"" + "a".repeat(5000) + "\"}", 400),
            Body.json("{\"x\":" + "[".repeat(1000) + "]".repeat(1000) + "}", 400),
            Body.json("[".repeat(1000), 400),
            Body.json("{\"x\":" + "{\"x\":".repeat(1000) + "1" + "}".repeat(1001), 400),
            Body.json("{\"x\":" + "9".repeat(5000) + "}", 400),
            Body.json("{\"x\":1e999999999}", 400),
            Body.json("{\"x\":NaN}", 400),
            new Body(JSON, latin1, 400),
            new Body(JSON, new byte[] {(byte) 0xFF, (byte) 0xFE, '{', 0, '}', 0}, 400),
            new Body(JSON, new byte[] {'{', (byte) 0xC0, (byte) 0x80, '}'}, 400),
            new Body(JSON, good.getBytes(java.nio.charset.StandardCharsets.UTF_16), 400),
            new Body(JSON, new byte[1000], 400),
            new Body("application/json;charset=latin1", good.getBytes(UTF_8), 415),
            new Body("application/json; charset=iso-8859-1", latin1, 415),
            new Body("application/json; charset=utf-16", good.getBytes(UTF_8), 415),
            new Body("text/json", good.getBytes(UTF_8), 415),
            new Body("text/plain", good.getBytes(UTF_8), 415),
            new Body("application/x-www-form-urlencoded", "username=a".getBytes(UTF_8), 415),
            new Body("multipart/form-data; boundary=x", good.getBytes(UTF_8), 415),
            new Body("application/jsonp", good.getBytes(UTF_8), 415),
            new Body("", good.getBytes(UTF_8), 415),
            new Body(";;;", good.getBytes(UTF_8), 415),
            new Body("application/json; charset=UTF-8", good.getBytes(UTF_8), 401),
            new Body("Application/JSON;charset=\"utf-8\"", good.getBytes(UTF_8), 401),
            Body.json(good.replace("}", ",\"more\":[1,2,{\"a\":null}]}"), 401),
            Body.json("{\"username\":\"\\ud83d\\ude00\",\"password\":\"\u00fc\ud83d\ude00\"}", 401),
            Body.json("{\"username\":\"a\",\"password\":\"" + "a".repeat(4096) + "\"}", 401))
        .flatMap(body -> Sites.perContainer().map(site -> Arguments.of(site, body)));
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("table")
  void bodyIsRefusedWithAReason(Site site, Body body) {
    Answer answer = site.post("/api/auth/token").body(body.contentType(), body.bytes()).send();
    // Names that nobody has are throttled like others when a table tries them often.
    assertThat(answer.status())
        .as("%s", answer)
        .isIn(body.status(), body.status() == 401 ? 429 : 0);
    assertThat(answer.error()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void bodyOfMoreThanAMebibyteIsNotRead(Site site) {
    long tooLong = 1024 * 1024 + 1;
    Answer announced = site.post("/api/auth/login").header("Content-Type", JSON).announce(tooLong);
    assertThat(announced.status()).as("%s", announced).isEqualTo(413);
    assertThat(announced.error()).isEqualTo("body_too_large");
    byte[] chunk = new byte[(int) tooLong];
    Arrays.fill(chunk, (byte) ' ');
    Answer chunked = site.post("/api/auth/login").header("Content-Type", JSON).chunked(chunk);
    assertThat(chunked.status()).as("%s", chunked).isEqualTo(413);
    byte[] most = new byte[1024 * 1024];
    Arrays.fill(most, (byte) ' ');
    Answer justRight = site.post("/api/auth/login").body(JSON, most).send();
    assertThat(justRight.status()).as("%s", justRight).isEqualTo(400);
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void missingContentTypeIsNamed(Site site) {
    Answer answer = site.post("/api/auth/login").body("{}".getBytes(UTF_8)).send();
    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.error()).isEqualTo("unsupported_media_type");
  }

  @ParameterizedTest
  @MethodSource("io.taskauth.servlet.Sites#perContainer")
  void fieldThatIsWrongIsNamed(Site site) {
    Answer missing = site.post("/api/auth/login").json("{\"username\":\"a\"}").send();
    assertThat(missing.json().get("detail").asString()).contains("password");
    Answer wrong =
        site.post("/api/auth/login").json("{\"username\":1,\"password\":\"secret!\"}").send();
    assertThat(wrong.json().get("detail").asString()).contains("username");
    assertThat(wrong.text()).doesNotContain("secret!");
  }
}
