package io.taskauth.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.Optional;

/** Standard input, line by line and no further than asked. */
final class Input {
  private static final int LONGEST_LINE = 16 * 1024;

  private final InputStream in;
  private final Charset charset;

  Input(InputStream in, Charset charset) {
    this.in = in;
    this.charset = charset;
  }

  /**
   * The next line without its end; empty at the end of input.
   *
   * @throws Failure where it is too long or not in the expected encoding, without repeating it
   */
  Optional<String> line() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      int next = in.read();
      if (next == -1) {
        return Optional.empty();
      }
      while (next != -1 && next != '\n') {
        bytes.write(next);
        if (bytes.size() > LONGEST_LINE) {
          throw new Failure("a line of standard input is too long");
        }
        next = in.read();
      }
      String line = charset.newDecoder().decode(ByteBuffer.wrap(bytes.toByteArray())).toString();
      return Optional.of(line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    } catch (CharacterCodingException e) {
      throw new Failure("standard input is not " + charset, e);
    } catch (IOException e) {
      throw new Failure("cannot read standard input", e);
    }
  }
}
