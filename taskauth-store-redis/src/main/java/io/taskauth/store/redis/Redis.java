package io.taskauth.store.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.exceptions.JedisAskDataException;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.exceptions.JedisNoScriptException;
import redis.clients.jedis.exceptions.JedisRedirectionException;

/**
 * Runs steps where their keys are. What may run twice is tried a second time when a connection
 * turns out to be dead; everything else is not, because nobody knows how far it came. Threads share
 * it.
 */
final class Redis {
  /** How often a cluster in motion may send a command on. */
  private static final int MAX_REDIRECTIONS = 5;

  /** Between two looks at a slot that moves. */
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Servers servers;
  private final Duration timeout;

  Redis(Servers servers, Duration timeout) {
    this.servers = servers;
    this.timeout = timeout;
  }

  /**
   * @param what continues "Redis could not"
   */
  @Nullable Object run(String what, Step step) {
    try {
      return run(step);
    } catch (JedisException e) {
      throw Failures.of(what, e);
    }
  }

  @Nullable Object run(String what, Script script, String key, String... arguments) {
    return run(what, Step.of(script, key, arguments));
  }

  /** The answers to all of these, in their order, in one round trip to each server. */
  List<@Nullable Object> runAll(String what, List<Step> steps) {
    try {
      return runAll(steps);
    } catch (JedisException e) {
      throw Failures.of(what, e);
    }
  }

  private @Nullable Object run(Step step) {
    long start = System.nanoTime();
    boolean again = step.repeatable();
    int redirections = 0;
    @Nullable HostAndPort sentTo = null;
    while (true) {
      Connection connection = null;
      try {
        connection = servers.connection(sentTo == null ? servers.serverOf(step.command()) : sentTo);
        return execute(connection, step);
      } catch (JedisAskDataException e) {
        if (isLate(start)) {
          throw e;
        }
        // Keys of one account are on two servers while their slot moves, and a step must see all
        // of them: nothing was done, and nothing is until they are together again.
        pauseWhileSlotsMove();
      } catch (JedisRedirectionException e) {
        if (++redirections > MAX_REDIRECTIONS) {
          throw e;
        }
        sentTo = e.getTargetNode();
        servers.learnFrom(Objects.requireNonNull(connection));
      } catch (JedisDataException e) {
        if (String.valueOf(e.getMessage()).startsWith("READONLY")) {
          // The server was the master once; new connections may lead to the new one.
          servers.dropIdle();
        }
        throw e;
      } catch (JedisConnectionException e) {
        servers.dropIdle();
        if (!again || isLate(start)) {
          throw e;
        }
        again = false;
        sentTo = null;
      } finally {
        if (connection != null) {
          Quietly.close(connection);
        }
      }
    }
  }

  private static void pauseWhileSlotsMove() {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new JedisException("interrupted", e);
    }
  }

  private static @Nullable Object execute(Connection connection, Step step) {
    try {
      return connection.executeCommand(step.command());
    } catch (JedisNoScriptException e) {
      if (step.whole() == null) {
        throw e;
      }
      return connection.executeCommand(step.whole());
    }
  }

  /** Whoever has waited for an answer in vain has waited enough. */
  private boolean isLate(long start) {
    return elapsed(start).compareTo(timeout.dividedBy(4)) > 0;
  }

  private static Duration elapsed(long start) {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  private List<@Nullable Object> runAll(List<Step> steps) {
    List<@Nullable Object> answers = new ArrayList<>(Collections.nCopies(steps.size(), null));
    Map<HostAndPort, List<Integer>> byServer = new LinkedHashMap<>();
    for (int i = 0; i < steps.size(); i++) {
      HostAndPort server = servers.serverOf(steps.get(i).command());
      byServer.computeIfAbsent(server, same -> new ArrayList<>()).add(i);
    }
    byServer.forEach((server, numbers) -> runAll(server, numbers, steps, answers));
    return answers;
  }

  private void runAll(
      HostAndPort server, List<Integer> numbers, List<Step> steps, List<@Nullable Object> answers) {
    for (int number : alone(server, numbers, steps, answers)) {
      answers.set(number, run(steps.get(number)));
    }
  }

  /** Runs them together; the answer is which ones have to be run by themselves. */
  private List<Integer> alone(
      HostAndPort server, List<Integer> numbers, List<Step> steps, List<@Nullable Object> answers) {
    long start = System.nanoTime();
    List<Integer> alone = new ArrayList<>();
    try (Connection connection = servers.connection(server)) {
      numbers.forEach(number -> connection.sendCommand(steps.get(number).command()));
      List<Object> got = connection.getMany(numbers.size());
      for (int i = 0; i < got.size(); i++) {
        Object answer = got.get(i);
        if (answer instanceof JedisNoScriptException
            || answer instanceof JedisRedirectionException) {
          alone.add(numbers.get(i));
        } else if (answer instanceof JedisException failure) {
          throw failure;
        } else {
          answers.set(numbers.get(i), answer);
        }
      }
    } catch (JedisConnectionException e) {
      servers.dropIdle();
      if (isLate(start) || !numbers.stream().allMatch(number -> steps.get(number).repeatable())) {
        throw e;
      }
      return numbers;
    }
    return alone;
  }
}
