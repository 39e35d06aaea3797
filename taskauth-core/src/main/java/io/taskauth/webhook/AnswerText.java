package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.util.regex.Pattern;

/** What is kept of a receiver's answer: text that can be shown and stored. */
final class AnswerText {
  private static final int BYTES = 2 << 10;

  /** Also what turns the direction of writing, and makes a page or a terminal show other text. */
  private static final Pattern HARMFUL =
      Pattern.compile("[\\p{Cc}&&[^\\n\\t]]|[\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private AnswerText() {}

  /** At most 2 KiB of UTF-8, cut on the edge of a character. */
  static String of(byte[] body) {
    String text = HARMFUL.matcher(decoded(body)).replaceAll(" ");
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int character = text.codePointAt(end);
      bytes += character < 0x80 ? 1 : character < 0x800 ? 2 : character < 0x10000 ? 3 : 4;
      if (bytes > BYTES) {
        break;
      }
      end += Character.charCount(character);
    }
    return text.substring(0, end);
  }

  /** What is no UTF-8 becomes U+FFFD; of a character that was cut off nothing is left. */
  private static String decoded(byte[] body) {
    CharBuffer text = CharBuffer.allocate(body.length);
    UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPLACE)
        .decode(ByteBuffer.wrap(body), text, false);
    return text.flip().toString();
  }
}
