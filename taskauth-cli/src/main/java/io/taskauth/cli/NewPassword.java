package io.taskauth.cli;

/** Asks for a password that nobody has yet. */
final class NewPassword {
  private NewPassword() {}

  /** From a terminal, hidden and twice; else the next line of standard input. */
  static Secret ask(Shell shell) {
    if (!shell.terminal().asks()) {
      return shell
          .around()
          .in()
          .line()
          .map(Secret::new)
          .orElseThrow(
              () -> new Failure("standard input has no password: it is read from its first line"));
    }
    Secret first = hidden(shell, "New password: ");
    Secret second = hidden(shell, "Once more: ");
    if (!first.reveal().equals(second.reveal())) {
      throw new Failure("the two passwords are not the same; nothing was changed");
    }
    return first;
  }

  private static Secret hidden(Shell shell, String prompt) {
    return shell
        .terminal()
        .askHidden(prompt)
        .orElseThrow(() -> new Failure("no password; nothing was changed"));
  }
}
