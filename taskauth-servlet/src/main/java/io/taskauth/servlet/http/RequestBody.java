package io.taskauth.servlet.http;

import jakarta.servlet.http.HttpServletRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The body of a request: read once, with limits of size and time. Belongs to one thread. */
final class RequestBody {
  private static final int MAX_BODY = 1024 * 1024;
  private static final Duration MAX_BODY_TIME = Duration.ofSeconds(15);
  private static final String FORM = "application/x-www-form-urlencoded";

  private final HttpServletRequest request;
  private byte @Nullable [] bytes;
  private @Nullable FormBody form;

  RequestBody(HttpServletRequest request) {
    this.request = request;
  }

  /**
   * @throws Problem with 400, 413 or 415
   */
  JsonBody json(String... types) throws IOException {
    requireType(types);
    return JsonBody.parse(bytes());
  }

  /**
   * @throws Problem with 400, 413 or 415
   */
  FormBody form() throws IOException {
    FormBody known = form;
    if (known == null) {
      requireType(FORM);
      known = FormBody.parse(bytes());
      form = known;
    }
    return known;
  }

  /** Whether it says that it is a form. */
  boolean isForm() {
    String type = contentType();
    return type != null && type.toLowerCase(Locale.ROOT).startsWith(FORM);
  }

  /** Not the container's getContentType(): Jetty's throws where it does not know the charset. */
  private @Nullable String contentType() {
    return request.getHeader("Content-Type");
  }

  private void requireType(String... expected) {
    String type = contentType();
    String[] parts = type == null ? new String[] {""} : type.toLowerCase(Locale.ROOT).split(";", 2);
    boolean utf8 =
        parts.length == 1
            || parts[1].isBlank()
            || parts[1].strip().matches("charset\\s*=\\s*\"?utf-?8\"?");
    if (!List.of(expected).contains(parts[0].strip()) || !utf8) {
      throw Problem.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE, "Send the body as " + expected[0] + " in UTF-8.");
    }
  }

  /**
   * All of it.
   *
   * @throws Problem with 400 or 413
   */
  byte[] bytes() throws IOException {
    byte[] known = bytes;
    if (known == null) {
      known = receive();
      bytes = known;
    }
    return known;
  }

  private byte[] receive() throws IOException {
    if (request.getContentLengthLong() > MAX_BODY) {
      throw tooLarge();
    }
    ByteArrayOutputStream received = new ByteArrayOutputStream();
    byte[] part = new byte[8192];
    long deadline = System.nanoTime() + MAX_BODY_TIME.toNanos();
    InputStream in = request.getInputStream();
    for (int read = next(in, part); read >= 0; read = next(in, part)) {
      received.write(part, 0, read);
      if (received.size() > MAX_BODY) {
        throw tooLarge();
      }
      // A byte now and then would hold a thread for ever.
      if (System.nanoTime() > deadline) {
        throw Problem.of(ErrorCode.INVALID_REQUEST, "The body took too long to arrive.")
            .header("Connection", "close");
      }
    }
    return received.toByteArray();
  }

  /** A client that stops in the middle made a mistake; the server made none. */
  private static int next(InputStream in, byte[] part) {
    try {
      return in.read(part);
    } catch (IOException e) {
      throw Problem.of(ErrorCode.INVALID_REQUEST, "The body did not arrive.")
          .header("Connection", "close");
    }
  }

  private static Problem tooLarge() {
    return Problem.of(ErrorCode.BODY_TOO_LARGE, "The body must have at most 1 MiB.");
  }
}
