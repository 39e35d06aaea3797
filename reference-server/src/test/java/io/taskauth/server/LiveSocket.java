package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The socket as a program uses it. */
final class LiveSocket implements WebSocket.Listener, AutoCloseable {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
  private final CompletableFuture<Integer> closed = new CompletableFuture<>();
  private final StringBuilder partial = new StringBuilder();
  private WebSocket socket;

  /** With a ticket of whoever these headers are. */
  static LiveSocket open(RunningServer server, String... who) throws Exception {
    HttpResponse<String> ticket = server.postJson("/api/auth/ws-ticket", "", who);
    return openWithTicket(server, RunningServer.member(ticket, "ticket"));
  }

  static LiveSocket openWithTicket(RunningServer server, String ticket) throws Exception {
    return open(
        server,
        CLIENT.newWebSocketBuilder().subprotocols("taskauth.v1", "taskauth.ticket." + ticket));
  }

  /** With a header of its own, as the child processes of the server do. */
  static LiveSocket openWith(RunningServer server, String header, String value) throws Exception {
    return open(
        server, CLIENT.newWebSocketBuilder().header(header, value).subprotocols("taskauth.v1"));
  }

  /** As a page of that origin opens it, wherever it is. */
  static LiveSocket open(HttpClient client, URI address, String origin, String ticket)
      throws Exception {
    return open(
        address,
        client
            .newWebSocketBuilder()
            .header("Origin", origin)
            .subprotocols("taskauth.v1", "taskauth.ticket." + ticket));
  }

  private static LiveSocket open(RunningServer server, WebSocket.Builder builder) throws Exception {
    return open(address(server), builder);
  }

  private static LiveSocket open(URI address, WebSocket.Builder builder) throws Exception {
    LiveSocket live = new LiveSocket();
    live.socket = builder.buildAsync(address, live).get(10, TimeUnit.SECONDS);
    return live;
  }

  static URI address(RunningServer server) {
    return URI.create(server.url("/ws").replaceFirst("^http", "ws"));
  }

  WebSocket socket() {
    return socket;
  }

  void send(String text) {
    socket.sendText(text, true).join();
  }

  /** Calls a method, and gives the answer with that id. */
  String call(int id, String method, String params) throws Exception {
    send(
        "{\"jsonrpc\":\"2.0\",\"method\":\""
            + method
            + "\",\"params\":"
            + params
            + ",\"id\":"
            + id
            + "}");
    return next("\"id\":" + id + "}");
  }

  /** The next message with that text in it. */
  String next(String text) throws Exception {
    while (true) {
      String message = messages.poll(15, TimeUnit.SECONDS);
      assertThat(message).as("a message with " + text).isNotNull();
      if (message.contains(text)) {
        return message;
      }
    }
  }

  /** The code that it was closed with. */
  int closeCode() throws Exception {
    return closed.get(15, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    partial.append(data);
    if (last) {
      messages.add(partial.toString());
      partial.setLength(0);
    }
    from.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
    closed.complete(code);
    return null;
  }

  @Override
  public void onError(WebSocket from, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  @Override
  public void close() {
    socket.abort();
  }
}
