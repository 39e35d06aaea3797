package io.taskauth.server;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real nginx or Caddy, where the machine has one, with the file that docs/examples shows: only
 * names, ports and paths are put in.
 */
final class ProxyProcess implements AutoCloseable {
  private static final Path EXAMPLES =
      Path.of("").toAbsolutePath().getParent().resolve("docs/examples");
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final Process process;

  private ProxyProcess(Process process) {
    this.process = process;
  }

  /** What the files are told. */
  record Place(Path directory, int server, int http, int https, TestCertificate certificate) {}

  static ProxyProcess nginxOrSkip(Place place) throws IOException, InterruptedException {
    Path program = programOrSkip("nginx");
    Path file =
        written(
            place,
            "nginx.conf",
            Map.of(
                "/run/nginx.pid", place.directory + "/nginx.pid",
                "/var/log/nginx", place.directory.toString(),
                "listen 80;", "listen 127.0.0.1:" + place.http + ";",
                "listen 443 ssl", "listen 127.0.0.1:" + place.https + " ssl",
                "https://console.example.com", "https://localhost:" + place.https,
                "server_name console.example.com", "server_name localhost",
                "/etc/letsencrypt/live/console.example.com/fullchain.pem",
                    place.certificate.chain().toString(),
                "/etc/letsencrypt/live/console.example.com/privkey.pem",
                    place.certificate.key().toString(),
                "\nhttp {", "\nhttp {" + temporary(place.directory)));
    return start(
        place, program.toString(), "-e", "stderr", "-c", file.toString(), "-g", "daemon off;");
  }

  /** Whoever is not root may not write where nginx was built to. */
  private static String temporary(Path directory) {
    StringBuilder lines = new StringBuilder();
    for (String kind : List.of("client_body", "proxy", "fastcgi", "uwsgi", "scgi")) {
      lines.append(String.format("%n    %s_temp_path %s/%s;", kind, directory, kind));
    }
    return lines.toString();
  }

  static ProxyProcess caddyOrSkip(Place place) throws IOException, InterruptedException {
    Path program = programOrSkip("caddy");
    Path file =
        written(
            place,
            "Caddyfile",
            Map.of(
                "http://console.example.com {", "http://localhost:" + place.http + " {",
                "https://console.example.com", "https://localhost:" + place.https,
                "\nconsole.example.com {", "\nlocalhost:" + place.https + " {",
                "# tls /etc/caddy/fullchain.pem /etc/caddy/privkey.pem",
                    "tls " + place.certificate.chain() + " " + place.certificate.key()));
    return start(
        place, program.toString(), "run", "--adapter", "caddyfile", "--config", file.toString());
  }

  private static Path programOrSkip(String name) {
    Path program =
        Stream.concat(
                Stream.of(System.getenv("PATH").split(File.pathSeparator)).map(Path::of),
                Stream.of(Path.of("/usr/sbin")))
            .map(folder -> folder.resolve(name))
            .filter(Files::isExecutable)
            .findFirst()
            .orElse(null);
    assumeTrue(
        program != null,
        "no " + name + " on the PATH: install it to test what docs/examples shows");
    return program;
  }

  private static Path written(Place place, String example, Map<String, String> changes)
      throws IOException {
    String text =
        Files.readString(EXAMPLES.resolve(example))
            .replace("127.0.0.1:8080", "127.0.0.1:" + place.server);
    for (Map.Entry<String, String> change : changes.entrySet()) {
      if (!text.contains(change.getKey())) {
        throw new AssertionError(example + " has no " + change.getKey());
      }
      text = text.replace(change.getKey(), change.getValue());
    }
    return Files.writeString(place.directory.resolve(example), text);
  }

  private static ProxyProcess start(Place place, String... command)
      throws IOException, InterruptedException {
    Path log = place.directory.resolve("proxy.log");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    // Where Caddy keeps what it makes.
    builder.environment().put("XDG_DATA_HOME", place.directory.toString());
    builder.environment().put("XDG_CONFIG_HOME", place.directory.toString());
    Process process = builder.start();
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!isListening(place.https)) {
      if (!process.isAlive() || System.nanoTime() > end) {
        process.destroyForcibly();
        throw new AssertionError(Files.readString(log));
      }
      Thread.sleep(20);
    }
    return new ProxyProcess(process);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static boolean isListening(int port) {
    try (Socket socket = new Socket("127.0.0.1", port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public void close() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(5, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
