package io.taskauth.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;

/**
 * Plays the usual commands through once, against a server of its own on this machine. The starter
 * script has Java keep the classes that this takes, so that the real commands start quickly.
 */
final class Rehearsal {
  private static final String ANSWER =
      """
      {"user":{"username":"ada","role":"admin","active":true},"via":"session","scopes":[],\
      "expires_at":"2026-01-01T00:00:00.000Z","items":[{"id":"1","name":"one"}],"next_cursor":null}
      """;

  private static final int TLS_HANDSHAKE = 0x16;

  private Rehearsal() {}

  /** Prints nothing, and reads neither the environment nor any file of the user's. */
  public static void main(String[] arguments) throws IOException {
    try (ServerSocket server =
        new ServerSocket(0, 8, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      Thread answering = new Thread(() -> answer(server));
      answering.setDaemon(true);
      answering.start();
      String address = "127.0.0.1:" + server.getLocalPort();
      play("http://" + address, "--version");
      play("http://" + address, "token", "create", "--help");
      play("http://" + address, "whoami");
      play("http://" + address, "whoami", "--json");
      play("http://" + address, "token", "list");
      play("http://" + address, "token", "list", "--wrong");
      // As far as an encrypted connection goes without a certificate.
      play("https://" + address, "whoami");
    }
  }

  private static void play(String address, String... arguments) {
    PrintWriter nowhere = new PrintWriter(Writer.nullWriter());
    Input nothing = new Input(InputStream.nullInputStream(), StandardCharsets.UTF_8);
    Map<String, String> environment =
        Map.of("TASKAUTH_SERVER", address, "TASKAUTH_TOKEN", "rehearsal");
    new Program(
            new Surroundings(
                environment,
                Path.of("/nonexistent"),
                nothing,
                nowhere,
                nowhere,
                new SystemTerminal(environment, nothing, nowhere, "")))
        .run(arguments);
  }

  private static void answer(ServerSocket server) {
    while (!server.isClosed()) {
      try (Socket visitor = server.accept()) {
        visitor.setSoTimeout(5_000);
        // The greeting of TLS has no end to wait for; a wrong answer ends that quickly.
        if (visitor.getInputStream().read() != TLS_HANDSHAKE) {
          KnockRequest.read(visitor.getInputStream());
        }
        String head =
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\n"
                + "Content-Length: ";
        String whole = head + ANSWER.length() + "\r\n\r\n" + ANSWER;
        visitor.getOutputStream().write(whole.getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // The next one, or the end.
      }
    }
  }
}
