package io.taskauth.cli;

import java.io.ByteArrayInputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Somebody with a home directory and an environment, who gives commands in this process. */
final class Person {
  private final Path home;
  private final Map<String, String> environment = new HashMap<>();
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private String input = "";
  private String terminals = "";

  Person(Path home) {
    this.home = home;
  }

  Person with(String variable, String value) {
    environment.put(variable, value);
    return this;
  }

  Person without(String variable) {
    environment.remove(variable);
    return this;
  }

  /** What the next command finds on standard input. */
  Person typing(String... lines) {
    input = String.join("\n", lines) + "\n";
    return this;
  }

  /** Which of the three streams are terminals: any of {@code ioe}. */
  Person at(String which) {
    terminals = which;
    return this;
  }

  Path loginFile() {
    return home.resolve(".config/taskauth/login.json");
  }

  Person signedIn(TestServer server, String name) {
    typing(name, TestServer.PASSWORD).run("login", "--server", server.url()).succeeded();
    return this;
  }

  /** All that the next command has from outside but its arguments. */
  Surroundings around() {
    PrintWriter errors = new PrintWriter(err, true);
    Input in =
        new Input(
            new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
            StandardCharsets.UTF_8);
    input = "";
    Map<String, String> variables = Map.copyOf(environment);
    return new Surroundings(
        variables,
        home,
        in,
        new PrintWriter(out, true),
        errors,
        new SystemTerminal(variables, in, errors, terminals));
  }

  /** What came to standard output. */
  String written() {
    return out.toString();
  }

  Outcome run(String... arguments) {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    int code = new Program(around()).run(arguments);
    return new Outcome(code, out.toString(), err.toString());
  }
}
