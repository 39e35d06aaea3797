package io.taskauth.server.install;

/** Texts as words of a POSIX shell. */
final class ShellWord {
  private ShellWord() {}

  /**
   * The text in single quotes, within which nothing means anything (POSIX Shell Command Language,
   * section 2.2.2). A quote in it ends them, stands escaped, and begins them again.
   */
  static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
  }
}
