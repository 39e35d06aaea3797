package io.taskauth.server.live;

/** An answer that is an error (JSON-RPC 2.0, section 5.1), on its way to the client. */
final class RpcError extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int number;
  private final String code;

  private RpcError(int number, String code, String message) {
    // No stack trace: it is an answer, and a flood of them must stay cheap.
    super(message, null, false, false);
    this.number = number;
    this.code = code;
  }

  static RpcError parseError() {
    return new RpcError(-32700, "parse_error", "The message is no JSON.");
  }

  static RpcError invalidRequest(String sentence) {
    return new RpcError(-32600, "invalid_request", sentence);
  }

  static RpcError methodNotFound() {
    return new RpcError(-32601, "method_not_found", "There is no such method.");
  }

  static RpcError invalidParams(String sentence) {
    return new RpcError(-32602, "invalid_params", sentence);
  }

  static RpcError internal() {
    return new RpcError(-32603, "internal_error", "It failed; the server's log says why.");
  }

  static RpcError forbidden(String sentence) {
    return new RpcError(-32001, "forbidden", sentence);
  }

  static RpcError draining() {
    return new RpcError(-32002, "draining", "This server takes no new runs.");
  }

  static RpcError overloaded() {
    return new RpcError(-32003, "overloaded", "Too many runs wait already.");
  }

  static RpcError unknownTask() {
    return new RpcError(-32004, "not_found", "There is no such task.");
  }

  int number() {
    return number;
  }

  /** The stable code, as errors over HTTP have it. */
  String code() {
    return code;
  }
}
