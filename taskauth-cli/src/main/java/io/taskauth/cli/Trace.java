package io.taskauth.cli;

import java.io.PrintWriter;
import java.io.StringWriter;

/** Shows where an error is from, to whoever asked for it. */
final class Trace {
  private Trace() {}

  static void print(Throwable trouble, PrintWriter err) {
    StringWriter text = new StringWriter();
    trouble.printStackTrace(new PrintWriter(text, true));
    text.toString()
        .lines()
        .forEach(line -> err.println(VisibleText.of(line.replace("\t", "    "))));
  }
}
