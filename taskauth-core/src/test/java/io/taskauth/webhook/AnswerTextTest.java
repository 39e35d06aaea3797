package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class AnswerTextTest {
  private static String of(String body) {
    return AnswerText.of(body.getBytes(UTF_8));
  }

  @Test
  void textIsCutOnTheEdgeOfACharacter() {
    assertThat(of("a".repeat(2044) + "😀")).isEqualTo("a".repeat(2044) + "😀");
    for (int before = 2045; before <= 2048; before++) {
      assertThat(of("a".repeat(before) + "😀")).isEqualTo("a".repeat(before));
    }
    assertThat(of("é".repeat(3000))).isEqualTo("é".repeat(1024));
    assertThat(of("€".repeat(3000))).isEqualTo("€".repeat(682));
    assertThat(of("😀".repeat(3000))).isEqualTo("😀".repeat(512));
  }

  @Test
  void halfACharacterAtTheEndOfWhatWasReadLeavesNoTrace() {
    byte[] body = "\u202e".repeat(1365).concat("é").getBytes(UTF_8);

    assertThat(AnswerText.of(Arrays.copyOf(body, 4096))).isEqualTo(" ".repeat(1365));
  }

  @Test
  void bytesThatAreNoTextTakeNoMoreRoomThanText() {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int i = 0; i < 4096; i++) {
      body.write(0xff);
    }

    assertThat(AnswerText.of(body.toByteArray()))
        .isEqualTo("\ufffd".repeat(682))
        .satisfies(text -> assertThat(text.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(2048));
  }

  @Test
  void controlCharactersDoNothingAnyMore() {
    assertThat(of("a\u0000b\u001b[31mc\u0085d\u007fe\r\n\tf\u202eg\u2066h"))
        .isEqualTo("a b [31mc d e \n\tf g h");
    assertThat(of("👩‍👩‍👧 ok")).isEqualTo("👩‍👩‍👧 ok");
    assertThat(AnswerText.of(new byte[0])).isEmpty();
  }
}
