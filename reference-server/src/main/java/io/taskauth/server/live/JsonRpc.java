package io.taskauth.server.live;

import io.taskauth.server.web.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** The server's side of JSON-RPC 2.0: a text comes in, and perhaps one goes out. */
final class JsonRpc {
  private static final Logger log = LoggerFactory.getLogger(JsonRpc.class);
  private static final int MAX_BATCH = 50;
  private static final int MAX_ID = 256;

  /** One method. */
  @FunctionalInterface
  interface Method {
    /**
     * @param params an object or a list; null where there are none
     * @throws RpcError where the answer is an error
     */
    Object call(@Nullable JsonNode params);
  }

  private final Map<String, Method> methods;

  JsonRpc(Map<String, Method> methods) {
    this.methods = Map.copyOf(methods);
  }

  /** The answer; empty where there were notifications only. */
  Optional<String> answer(String message) {
    Optional<JsonNode> parsed = Json.read(message);
    if (parsed.isEmpty()) {
      return Optional.of(Json.text(error(null, RpcError.parseError())));
    }
    JsonNode node = parsed.get();
    if (!node.isArray()) {
      return one(node).map(Json::text);
    }
    if (node.isEmpty() || node.size() > MAX_BATCH) {
      String sentence = "A batch has 1 to " + MAX_BATCH + " requests.";
      return Optional.of(Json.text(error(null, RpcError.invalidRequest(sentence))));
    }
    List<Object> answers = new ArrayList<>();
    node.forEach(request -> one(request).ifPresent(answers::add));
    return answers.isEmpty() ? Optional.empty() : Optional.of(Json.text(answers));
  }

  private Optional<Map<String, @Nullable Object>> one(JsonNode request) {
    Optional<String> fault = fault(request);
    if (fault.isPresent()) {
      // Whoever sent it cannot have meant a notification, and hears of it (section 5).
      JsonNode id = request.get("id");
      JsonNode known = id != null && isId(id) ? id : null;
      return Optional.of(error(known, RpcError.invalidRequest(fault.get())));
    }
    JsonNode id = request.get("id");
    Map<String, @Nullable Object> answer = call(request, id);
    return id == null ? Optional.empty() : Optional.of(answer);
  }

  private static Optional<String> fault(JsonNode request) {
    if (!request.isObject()) {
      return Optional.of("A request is an object.");
    }
    JsonNode version = request.get("jsonrpc");
    if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
      return Optional.of("'jsonrpc' must be \"2.0\".");
    }
    JsonNode method = request.get("method");
    if (method == null || !method.isString()) {
      return Optional.of("'method' must be a text.");
    }
    JsonNode params = request.get("params");
    if (params != null && !params.isContainer()) {
      return Optional.of("'params' must be an object or a list.");
    }
    JsonNode id = request.get("id");
    return id == null || isId(id)
        ? Optional.empty()
        : Optional.of("'id' must be a short text, a whole number or null.");
  }

  /** It is sent back as it came, so it must be small and of a kind that survives that. */
  private static boolean isId(JsonNode id) {
    return id.isNull()
        || id.isIntegralNumber()
        || (id.isString() && id.stringValue().length() <= MAX_ID);
  }

  private Map<String, @Nullable Object> call(JsonNode request, @Nullable JsonNode id) {
    Method method = methods.get(request.path("method").asString());
    try {
      if (method == null) {
        throw RpcError.methodNotFound();
      }
      return answer(id, "result", method.call(request.get("params")));
    } catch (RpcError e) {
      return error(id, e);
    } catch (RuntimeException e) {
      log.warn("a method of the socket failed", e);
      return error(id, RpcError.internal());
    }
  }

  private static Map<String, @Nullable Object> error(@Nullable JsonNode id, RpcError error) {
    Map<String, @Nullable Object> members = Json.object();
    members.put("code", error.number());
    members.put("message", String.valueOf(error.getMessage()));
    members.put("data", Map.of("error", error.code()));
    return answer(id, "error", members);
  }

  private static Map<String, @Nullable Object> answer(
      @Nullable JsonNode id, String member, Object value) {
    Map<String, @Nullable Object> answer = Json.object();
    answer.put("jsonrpc", "2.0");
    answer.put(member, value);
    answer.put("id", id);
    return answer;
  }

  /** What is sent without having been asked for. */
  static String notification(String method, String paramsJson) {
    return "{\"jsonrpc\":\"2.0\",\"method\":\"" + method + "\",\"params\":" + paramsJson + "}";
  }
}
