package io.taskauth.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Where the program starts. */
public final class Main {
  private Main() {}

  /**
   * Runs the command line and ends the process with its exit code: 0 done, 1 refused or failed, 2
   * wrong usage.
   */
  public static void main(String[] arguments) {
    // Java 22 to 24 would put JLine between us and the terminal.
    System.setProperty("jdk.console", "java.base");
    Surroundings around = surroundings();
    System.exit(run(around, arguments));
  }

  private static int run(Surroundings around, String... arguments) {
    try {
      return new Program(around).run(arguments);
    } catch (OutOfMemoryError e) {
      around
          .err()
          .println("taskauth: too much for the memory; allow more with TASKAUTH_JAVA_OPTS=-Xmx1g");
      return 1;
    }
  }

  private static Surroundings surroundings() {
    Charset charset = charset();
    PrintWriter out = stream(FileDescriptor.out, charset);
    PrintWriter err = stream(FileDescriptor.err, charset);
    Input in = new Input(System.in, charset);
    return new Surroundings(
        System.getenv(),
        // As every other program finds it; user.home is what the list of users says instead.
        Path.of(System.getenv().getOrDefault("HOME", System.getProperty("user.home"))),
        in,
        out,
        err,
        new SystemTerminal(System.getenv(), in, err, System.getProperty("taskauth.terminals")));
  }

  private static PrintWriter stream(FileDescriptor descriptor, Charset charset) {
    return new PrintWriter(new OutputStreamWriter(new FileOutputStream(descriptor), charset), true);
  }

  /** The locale's; where that is only ASCII, UTF-8, which is the same and more. */
  private static Charset charset() {
    Charset locale = Charset.forName(System.getProperty("native.encoding", "UTF-8"));
    return locale.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : locale;
  }
}
