package io.taskauth.servlet.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.util.HexFormat;
import java.util.Optional;

/** Percent-encoding (RFC 3986, section 2.1), decoded exactly once and never leniently. */
final class PercentEncoding {
  private PercentEncoding() {}

  /** The text behind it; empty for a broken escape, raw non-ASCII, or bytes that are not UTF-8. */
  static Optional<String> decode(String text, boolean plusIsSpace) {
    if (isLiteral(text, plusIsSpace)) {
      return Optional.of(text);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%') {
        int high = hexDigit(text, i + 1);
        int low = hexDigit(text, i + 2);
        if (high < 0 || low < 0) {
          return Optional.empty();
        }
        bytes.write(high << 4 | low);
        i += 2;
      } else if (c == '+' && plusIsSpace) {
        bytes.write(' ');
      } else if (c < 0x80) {
        bytes.write(c);
      } else {
        return Optional.empty();
      }
    }
    return utf8(bytes.toByteArray());
  }

  /** Whether it stands for itself, as nearly every path does. */
  private static boolean isLiteral(String text, boolean plusIsSpace) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '%' || c >= 0x80 || (c == '+' && plusIsSpace)) {
        return false;
      }
    }
    return true;
  }

  private static int hexDigit(String text, int at) {
    return at < text.length()
        ? "0123456789abcdef".indexOf(Character.toLowerCase(text.charAt(at)))
        : -1;
  }

  /** A path in its one encoded spelling, whether it came decoded or encoded already. */
  static String path(String path) {
    if (isPlain(path)) {
      return path;
    }
    StringBuilder encoded = new StringBuilder(path.length());
    for (byte b : decode(path, false).orElse(path).getBytes(UTF_8)) {
      char c = (char) (b & 0xff);
      if (isPlain(c)) {
        encoded.append(c);
      } else {
        encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(b));
      }
    }
    return encoded.toString();
  }

  /** Whether a path is nothing but slashes and characters that mean themselves everywhere. */
  static boolean isPlain(String path) {
    for (int i = 0; i < path.length(); i++) {
      if (!isPlain(path.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '/'
        || c == '-'
        || c == '.'
        || c == '_'
        || c == '~';
  }

  /** The text of these bytes; empty where they are not UTF-8. */
  static Optional<String> utf8(byte[] bytes) {
    try {
      return Optional.of(
          UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString());
    } catch (CharacterCodingException e) {
      return Optional.empty();
    }
  }
}
