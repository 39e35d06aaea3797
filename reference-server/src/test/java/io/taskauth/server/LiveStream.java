package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The dashboard's stream as a program reads it. */
final class LiveStream implements AutoCloseable {
  private static final String END = "the stream has ended";

  private final HttpResponse<InputStream> answer;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  private LiveStream(HttpResponse<InputStream> answer) {
    this.answer = answer;
    Thread reader = new Thread(this::read, "stream");
    reader.setDaemon(true);
    reader.start();
  }

  static LiveStream open(RunningServer server, String... headers) throws Exception {
    return open(HttpClient.newHttpClient(), URI.create(server.url("/dashboard/stream")), headers);
  }

  static LiveStream open(HttpClient client, URI address, String... headers) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(address).headers(headers).build();
    return new LiveStream(client.send(request, BodyHandlers.ofInputStream()));
  }

  HttpResponse<InputStream> answer() {
    return answer;
  }

  private void read() {
    try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), UTF_8))) {
      in.lines().forEach(lines::add);
    } catch (IOException | RuntimeException e) {
      // The end, too.
    }
    lines.add(END);
  }

  /** The data of the next event of that name with that text in it. */
  String next(String event, String text) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    String line = line();
    while (!line.equals(END)) {
      // Other lines go on coming.
      assertThat(System.nanoTime() - deadline).as("no %s with %s", event, text).isNegative();
      if (line.equals("event: " + event)) {
        String data = line();
        if (data.contains(text)) {
          return data;
        }
      }
      line = line();
    }
    throw new AssertionError(END);
  }

  /** The next line, whatever it is. */
  String line() throws InterruptedException {
    String line = lines.poll(15, TimeUnit.SECONDS);
    assertThat(line).as("a line in time").isNotNull();
    return line;
  }

  /** Waits for the end, and gives all that came until then. */
  String rest() throws InterruptedException {
    StringBuilder rest = new StringBuilder();
    for (String line = line(); !line.equals(END); line = line()) {
      rest.append(line).append('\n');
    }
    return rest.toString();
  }

  @Override
  public void close() throws IOException {
    answer.body().close();
  }
}
