package io.taskauth.cli;

import java.lang.reflect.Constructor;
import java.util.Arrays;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.IFactory;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** One run: arguments in, exit code out. */
final class Program {
  private final Surroundings around;
  private final GlobalOptions options = new GlobalOptions();

  Program(Surroundings around) {
    this.around = around;
  }

  int run(String... arguments) {
    IFactory factory = new Commands(new Shell(around, options));
    CommandLine commandLine = new CommandLine(new TaskAuthCommand(options), factory);
    new CommandTree(factory, arguments).growOn(commandLine);
    uncluttered(commandLine);
    commandLine
        .setOut(around.out())
        .setErr(around.err())
        // A user name or a token's name may begin with an at sign; it is no file to read.
        .setExpandAtFiles(false)
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((wrong, given) -> wrongUsage(wrong))
        .setExecutionExceptionHandler((trouble, command, parsed) -> failed(trouble, command));
    int code = commandLine.execute(arguments);
    if (around.out().checkError()) {
      say("not all of the result could be written to standard output");
      return ExitCode.SOFTWARE;
    }
    return code;
  }

  /** What is a command's own comes first in its help, and what all have comes last. */
  private static void uncluttered(CommandLine command) {
    command.getCommandSpec().usageMessage().sortOptions(false).abbreviateSynopsis(true);
    command.getSubcommands().values().forEach(Program::uncluttered);
  }

  private int execute(ParseResult parsed) {
    parsed
        .asCommandLineList()
        .forEach(
            command ->
                command.setColorScheme(
                    CommandLine.Help.defaultColorScheme(
                        options.colour.on(around) ? Ansi.ON : Ansi.OFF)));
    return new CommandLine.RunLast().execute(parsed);
  }

  private int wrongUsage(ParameterException wrong) {
    String message =
        wrong instanceof UnmatchedArgumentException unmatched
            ? unmatched(unmatched)
            : wrong.getMessage() == null ? "wrong usage" : wrong.getMessage();
    return wrongUsage(message, wrong.getCommandLine());
  }

  /** Repeats as little as possible: somebody may have tried to give a password. */
  private static String unmatched(UnmatchedArgumentException wrong) {
    String first = wrong.getUnmatched().get(0);
    int value = first.indexOf('=');
    String message = "there is no " + (value < 0 ? first : first.substring(0, value)) + " here";
    return wrong.getSuggestions().isEmpty()
        ? message
        : message + "; did you mean " + wrong.getSuggestions().get(0) + "?";
  }

  private int wrongUsage(String message, CommandLine command) {
    say(message);
    around.err().println("See: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  private int failed(Exception trouble, CommandLine command) {
    if (options.debug) {
      Trace.print(trouble, around.err());
    }
    if (trouble instanceof WrongUsage wrong) {
      return wrongUsage(wrong.inWords(), command);
    }
    say(
        trouble instanceof Failure failure
            ? failure.inWords()
            : "something unexpected went wrong; run it again with --debug to see what");
    return ExitCode.SOFTWARE;
  }

  /** On one line, whatever is in it. */
  private void say(String message) {
    around.err().println("taskauth: " + VisibleText.of(message.replaceAll("\\R+", " ")));
  }

  /** Gives each command the shell to work with. */
  private record Commands(Shell shell) implements IFactory {
    @Override
    public <K> K create(Class<K> type) throws Exception {
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        if (Arrays.equals(constructor.getParameterTypes(), new Class<?>[] {Shell.class})) {
          return type.cast(constructor.newInstance(shell));
        }
      }
      return CommandLine.defaultFactory().create(type);
    }
  }
}
