package io.taskauth.mail;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends with an exception after so many bytes: a line without end would fill the memory. */
final class LimitedInput extends FilterInputStream {
  private int left;

  LimitedInput(InputStream in, int limit) {
    super(in);
    this.left = limit;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = super.read(bytes, offset, length);
    left -= Math.max(read, 0);
    if (left < 0) {
      throw new IOException("it says more than any mail server would");
    }
    return read;
  }
}
