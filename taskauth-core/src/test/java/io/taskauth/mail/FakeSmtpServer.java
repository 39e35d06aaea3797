package io.taskauth.mail;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.SSLSocket;

/** A mail server on 127.0.0.1 that answers as a test wants it to, and keeps what it heard. */
final class FakeSmtpServer implements AutoCloseable {
  /** Everything that the server does with a connection. */
  interface Manners {
    void talk(Socket client) throws IOException, InterruptedException;
  }

  final List<String> heard = new CopyOnWriteArrayList<>();

  private final ServerSocket door;
  private final List<Socket> clients = new CopyOnWriteArrayList<>();

  private FakeSmtpServer() {
    try {
      door = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static FakeSmtpServer that(Manners manners) {
    FakeSmtpServer server = new FakeSmtpServer();
    server.open(manners);
    return server;
  }

  /**
   * Says {@code 250 ok} to each command for which nothing else is given; nothing, if that is empty.
   */
  static FakeSmtpServer answering(Map<String, String> answers) {
    FakeSmtpServer server = new FakeSmtpServer();
    server.open(client -> server.converse(client, answers));
    return server;
  }

  int port() {
    return door.getLocalPort();
  }

  private void open(Manners manners) {
    Thread thread =
        new Thread(
            () -> {
              while (!door.isClosed()) {
                try (Socket client = door.accept()) {
                  clients.add(client);
                  manners.talk(client);
                } catch (IOException | InterruptedException e) {
                  // The client has gone, or the test is over.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
  }

  private void converse(Socket client, Map<String, String> answers) throws IOException {
    Socket line = client;
    BufferedReader in = reader(line);
    say(line, "220 fake");
    for (String command = in.readLine(); command != null; command = in.readLine()) {
      heard.add(command);
      String verb = command.split("[ :]")[0];
      String answer = answers.getOrDefault(verb, "250 ok");
      if (!answer.isEmpty()) {
        say(line, answer);
      }
      if (verb.equals("STARTTLS")) {
        line = encrypted(client);
        in = reader(line);
      } else if (verb.equals("DATA")) {
        for (String text = in.readLine(); text != null && !text.equals("."); text = in.readLine()) {
          heard.add(text);
        }
        say(line, answers.getOrDefault(".", "250 ok"));
      }
    }
  }

  static Socket encrypted(Socket plain) throws IOException {
    var sockets = Certificates.context().getSocketFactory();
    SSLSocket line = (SSLSocket) sockets.createSocket(plain, null, true);
    line.startHandshake();
    return line;
  }

  private static BufferedReader reader(Socket line) throws IOException {
    return new BufferedReader(new InputStreamReader(line.getInputStream(), US_ASCII));
  }

  static void say(Socket line, String text) throws IOException {
    line.getOutputStream().write((text + "\r\n").getBytes(US_ASCII));
    line.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (Socket client : clients) {
      client.close();
    }
  }
}
