package io.taskauth.server.task;

import java.util.List;

/**
 * Something that a task can be run with, for a form. Immutable.
 *
 * @param name as the task reads it
 * @param label what people call it
 * @param hint what it may be, as a sentence; may be empty
 * @param choices of {@link Kind#CHOICE}; the first one is nothing chosen
 */
public record Argument(String name, String label, String hint, Kind kind, List<String> choices) {
  /** How it is asked for. */
  public enum Kind {
    TEXT,
    NUMBER,
    LONG_TEXT,
    CHOICE,
    CHECK
  }

  public Argument {
    choices = List.copyOf(choices);
  }

  public static Argument text(String name, String label, String hint) {
    return new Argument(name, label, hint, Kind.TEXT, List.of());
  }

  public static Argument number(String name, String label, String hint) {
    return new Argument(name, label, hint, Kind.NUMBER, List.of());
  }

  public static Argument longText(String name, String label, String hint) {
    return new Argument(name, label, hint, Kind.LONG_TEXT, List.of());
  }

  public static Argument check(String name, String label, String hint) {
    return new Argument(name, label, hint, Kind.CHECK, List.of());
  }
}
