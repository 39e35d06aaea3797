package io.taskauth.server.task.settings;

import java.util.EnumSet;
import java.util.Set;

/** What an override is about. Immutable. */
public record Subject(Kind kind, String name) {
  /** A task of its own, or all that wait in a queue. */
  public enum Kind {
    TASK("task"),
    QUEUE("queue");

    private final String code;

    Kind(String code) {
      this.code = code;
    }

    /** As it stands in answers. */
    public String code() {
      return code;
    }

    Set<Field> fields() {
      return this == TASK
          ? EnumSet.allOf(Field.class)
          : EnumSet.of(Field.RATE_LIMIT, Field.MAX_CONCURRENT, Field.PAUSED);
    }
  }

  public static Subject task(String name) {
    return new Subject(Kind.TASK, name);
  }

  public static Subject queue(String name) {
    return new Subject(Kind.QUEUE, name);
  }

  /** What the setting is called in the store. */
  String setting() {
    return kind.code() + "-override:" + name;
  }
}
