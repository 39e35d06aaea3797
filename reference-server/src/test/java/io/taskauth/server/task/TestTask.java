package io.taskauth.server.task;

import java.time.Duration;
import java.util.Optional;

/** A task whose traits a test chooses. */
public final class TestTask implements Task {
  private final String name;
  private final Work work;
  private String queue = "default";
  private TaskSettings defaults =
      new TaskSettings(null, null, 2, Duration.ofSeconds(2), Duration.ofMinutes(10), 0, false);
  private Optional<Duration> every = Optional.empty();
  private boolean secret;
  private boolean forAdministrators;

  public TestTask(String name, Work work) {
    this.name = name;
    this.work = work;
  }

  public TestTask in(String other) {
    queue = other;
    return this;
  }

  public TestTask with(TaskSettings other) {
    defaults = other;
    return this;
  }

  public TestTask every(Duration time) {
    every = Optional.of(time);
    return this;
  }

  public TestTask withSecrets() {
    secret = true;
    return this;
  }

  public TestTask forAdministrators() {
    forAdministrators = true;
    return this;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return "For a test.";
  }

  @Override
  public String queue() {
    return queue;
  }

  @Override
  public TaskSettings defaults() {
    return defaults;
  }

  @Override
  public Optional<Duration> every() {
    return every;
  }

  @Override
  public boolean hasSecretArguments() {
    return secret;
  }

  @Override
  public boolean isForAdministrators() {
    return forAdministrators;
  }

  @Override
  public Work prepare(Arguments arguments) {
    return work;
  }
}
