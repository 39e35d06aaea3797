package io.taskauth.store.redis;

import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol;

/**
 * One command, which is one atomic step.
 *
 * @param whole the script in full for a server that does not know it yet, or null
 * @param repeatable whether it may run twice where nobody knows if it ran once
 */
record Step(CommandArguments command, @Nullable CommandArguments whole, boolean repeatable) {
  static Step of(Script script, String key, List<String> arguments) {
    return new Step(
        command(Protocol.Command.EVALSHA, script.sha(), key, arguments),
        command(Protocol.Command.EVAL, script.text(), key, arguments),
        script.isRepeatable());
  }

  static Step of(Script script, String key, String... arguments) {
    return of(script, key, List.of(arguments));
  }

  /** The command that needs nothing from before. */
  CommandArguments wholeCommand() {
    return whole == null ? command : whole;
  }

  private static CommandArguments command(
      Protocol.Command name, String script, String key, List<String> arguments) {
    return new CommandArguments(name).add(script).add(1).key(key).addObjects(arguments);
  }

  /** A command that only reads, or can as well run twice. */
  static Step of(Protocol.Command name, String key, String... arguments) {
    CommandArguments command = new CommandArguments(name).key(key);
    return new Step(command.addObjects(List.of(arguments)), null, true);
  }
}
