package io.taskauth.server.live;

import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.BadArgumentsException;
import io.taskauth.server.task.run.StartOutcome;
import io.taskauth.server.task.run.TaskDesk;
import io.taskauth.server.web.Json;
import io.taskauth.servlet.TaskAuthPrincipal;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What can be called over a socket, by the one principal who opened it. */
final class SocketMethods {
  private final TaskAuthPrincipal principal;
  private final TaskDesk desk;
  private final Runnable subscribe;

  SocketMethods(TaskAuthPrincipal principal, TaskDesk desk, Runnable subscribe) {
    this.principal = principal;
    this.desk = desk;
    this.subscribe = subscribe;
  }

  JsonRpc rpc() {
    return new JsonRpc(
        Map.of(
            "ping", params -> "pong",
            "whoami", params -> whoami(),
            "tasks.run", this::run,
            "tasks.subscribe", params -> subscribed()));
  }

  private Map<String, @Nullable Object> whoami() {
    Map<String, @Nullable Object> answer = Json.object();
    answer.put("name", principal.getName());
    answer.put("role", principal.user().map(user -> user.role().name()).orElse(null));
    answer.put("may_run_tasks", desk.mayOperate(principal));
    return answer;
  }

  private Map<String, @Nullable Object> subscribed() {
    subscribe.run();
    Map<String, @Nullable Object> answer = Json.object();
    answer.put("subscribed", true);
    return answer;
  }

  private Map<String, @Nullable Object> run(@Nullable JsonNode params) {
    if (params == null
        || !params.isObject()
        || !List.of("name", "args").containsAll(params.propertyNames())
        || !params.path("name").isString()) {
      throw RpcError.invalidParams("'params' must be like {\"name\": \"a-task\", \"args\": {}}.");
    }
    // The socket was opened with GET, which a token that may only read can do too.
    StartOutcome outcome = desk.start(principal, params.path("name").asString(), arguments(params));
    if (outcome instanceof StartOutcome.Started started) {
      Map<String, @Nullable Object> answer = Json.object();
      answer.put("run_id", started.run().toString());
      return answer;
    }
    throw error(outcome);
  }

  private static Arguments arguments(JsonNode params) {
    try {
      return Arguments.of(params.get("args"));
    } catch (BadArgumentsException e) {
      throw RpcError.invalidParams(String.valueOf(e.getMessage()));
    }
  }

  private static RpcError error(StartOutcome outcome) {
    if (outcome instanceof StartOutcome.Forbidden forbidden) {
      return RpcError.forbidden(forbidden.sentence());
    }
    if (outcome instanceof StartOutcome.BadArguments bad) {
      return RpcError.invalidParams(bad.sentence());
    }
    if (outcome instanceof StartOutcome.Draining) {
      return RpcError.draining();
    }
    return outcome instanceof StartOutcome.Busy ? RpcError.overloaded() : RpcError.unknownTask();
  }
}
