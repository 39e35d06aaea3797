package io.taskauth.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.internal.Hashes;
import io.taskauth.server.Shell.Result;
import io.taskauth.server.docs.DocumentedBlock;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the page that says how, through a script in a pipe, to a command line that works. */
class InstallTest {
  @TempDir static Path directory;
  private static RunningServer server;

  @TempDir Path home;

  @BeforeAll
  static void start() {
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_STORE", "duckdb:" + directory.resolve("auth.duckdb"));
    server = RunningServer.start(settings);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private Shell shell() {
    return new Shell(home, Map.of());
  }

  /** The command that the page tells people to type. */
  private static String command() throws Exception {
    HttpResponse<String> page = server.get("/install", "Accept", "text/html");
    assertThat(page.statusCode()).isEqualTo(200);
    Matcher shown = Pattern.compile("<code>(curl [^<]*)</code>").matcher(page.body());
    assertThat(shown.find()).as(page.body()).isTrue();
    return shown.group(1).replace("&#39;", "'").replace("&amp;", "&");
  }

  private static String script() throws Exception {
    HttpResponse<String> script = server.get("/cli/install.sh");
    assertThat(script.statusCode()).isEqualTo(200);
    assertThat(script.headers().firstValue("Content-Type"))
        .hasValue("text/x-shellscript;charset=utf-8");
    return script.body();
  }

  @Test
  void anEmptyHomeGetsACommandLineThatWorks() throws Exception {
    Shell shell = shell();
    String said = shell.run(command()).ok();
    assertThat(said).contains("taskauth", home + "/.local/bin/taskauth", "taskauth login");

    server.newUser("bob", "viewer");
    Result wrong = shell.run("taskauth login", "root\nnot the password\n");
    assertThat(wrong.code()).as("%s", wrong).isEqualTo(1);
    assertThat(wrong.err().strip().lines()).hasSize(1);
    shell.run("taskauth login", "root\n" + RunningServer.PASSWORD + "\n").ok();
    shell
        .run(
            DocumentedBlock.text("run:install")
                .replace("https://tools.example.com", server.url("")))
        .ok();
    assertThat(shell.run("taskauth whoami").ok())
        .as("a second run keeps what is configured")
        .contains("root", "admin");
    try (var files = Files.list(home.resolve(".local/share/taskauth"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("taskauth.jar", "server");
    }

    String token = shell.run("taskauth token create --name backup --ttl 30d --raw").ok().strip();
    assertThat(token).startsWith("taskauth_pat_");
    Map<String, String> script = Map.of("TASKAUTH_TOKEN", token);
    assertThat(new Shell(home, script).run("taskauth whoami --json").ok()).contains("\"pat\"");
    assertThat(shell.run("taskauth token list").ok()).contains("backup").doesNotContain(token);
    shell.run("taskauth token revoke backup").ok();
    assertThat(new Shell(home, script).run("taskauth whoami").code()).isEqualTo(1);

    assertThat(shell.run("taskauth admin list-users").ok()).contains("bob", "viewer");
    shell.run("taskauth admin set-role bob operator").ok();
    assertThat(shell.run("taskauth admin list-users --json").ok()).contains("operator");
    assertThat(server.get("/api/auth/whoami", server.bearer("bob")).body()).contains("operator");

    shell.run("taskauth logout").ok();
    assertThat(shell.run("taskauth whoami").code()).isEqualTo(1);
  }

  @Test
  void whatIsNotWhatTheScriptPromisedIsNotInstalled() throws Exception {
    Matcher hash = Pattern.compile("local sha256=([0-9a-f]{64})\n").matcher(script());
    assertThat(hash.find()).isTrue();
    String other = script().replace(hash.group(1), Hashes.sha256Hex("another jar"));
    Result result = shell().run("bash", other);
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err()).contains("not what", hash.group(1), "nothing was changed");
    assertThat(home.resolve(".local/bin/taskauth")).doesNotExist();
    assertThat(home.resolve(".local/share/taskauth")).isEmptyDirectory();
  }

  @Test
  void halfAScriptDoesNothing() throws Exception {
    String whole = script();
    for (int eighths = 1; eighths < 8; eighths++) {
      var unused = shell().run("bash", whole.substring(0, whole.length() * eighths / 8));
      assertThat(home.resolve(".local")).doesNotExist();
    }
    var unused = shell().run("bash", whole.substring(0, whole.lastIndexOf("main \"$@\"")));
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void olderJavaIsToldWhatItTakes() throws Exception {
    Path java = home.resolve("old/bin/java");
    Files.createDirectories(java.getParent());
    Files.writeString(java, "#!/bin/sh\necho 'openjdk version \"11.0.2\" 2019-01-15' >&2\n");
    Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwx------"));
    Map<String, String> old = Map.of("JAVA_HOME", home.resolve("old").toString());
    Result result = new Shell(home, old).run("bash", script());
    assertThat(result.code()).isEqualTo(1);
    assertThat(result.err().strip())
        .isEqualTo("taskauth is not installed: " + java + " is Java 11; it takes Java 17 or later");
    assertThat(home.resolve(".local")).doesNotExist();
  }

  @Test
  void jarIsWhatItsHeadersSay() throws Exception {
    HttpResponse<String> download = server.get("/cli/download");
    String tag = download.headers().firstValue("ETag").orElseThrow();
    assertThat(download.statusCode()).isEqualTo(200);
    assertThat(download.headers().firstValue("Content-Type")).hasValue("application/java-archive");
    assertThat(download.headers().firstValue("Content-Disposition"))
        .hasValue("attachment; filename=\"taskauth.jar\"");
    byte[] jar;
    try (InputStream in = new java.net.URL(server.url("/cli/download")).openStream()) {
      jar = in.readAllBytes();
    }
    assertThat(download.headers().firstValueAsLong("Content-Length")).hasValue(jar.length);
    byte[] digest = Hashes.sha256(jar);
    assertThat(download.headers().firstValue("Repr-Digest"))
        .hasValue("sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":");
    assertThat(script()).contains("local sha256=" + tag.replace("\"", "") + "\n");

    for (String known : new String[] {tag, "W/" + tag, "\"x\", " + tag, "*"}) {
      assertThat(server.get("/cli/download", "If-None-Match", known).statusCode()).isEqualTo(304);
    }
    assertThat(server.get("/cli/download", "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(server.postJson("/cli/download", "{}").statusCode()).isEqualTo(405);
    assertThat(server.postJson("/cli/install.sh", "{}").statusCode()).isEqualTo(405);
  }

  /** Byte by byte: clients choose {@code Host} themselves. */
  private static String answer(RunningServer asked, String path, String... headers)
      throws IOException {
    try (Socket socket = new Socket("127.0.0.1", asked.server().port())) {
      socket.setSoTimeout(20_000);
      String lines = "GET " + path + " HTTP/1.1\r\nConnection: close\r\n";
      for (String header : headers) {
        lines += header + "\r\n";
      }
      socket.getOutputStream().write((lines + "\r\n").getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  private static void assertNoTrace(RunningServer asked, String address) throws IOException {
    List<String> hosts =
        List.of(
            "evil.example",
            "evil.example:80",
            "evil.example'$(touch pwned)'",
            "evil.example;touch pwned",
            "127.0.0.1@evil.example");
    for (String host : hosts) {
      for (String path : List.of("/cli/install.sh", "/install")) {
        String answer =
            answer(
                asked,
                path,
                "Host: " + host,
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Server: evil.example",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Prefix: /evil.example",
                "Forwarded: host=evil.example;proto=https",
                "X-Original-Host: evil.example");
        assertThat(answer).doesNotContain("evil.example").doesNotContain("pwned");
        assertThat(answer.startsWith("HTTP/1.1 400") || answer.contains(address))
            .as(answer)
            .isTrue();
      }
    }
    String absolute = answer(asked, "http://evil.example/cli/install.sh", "Host: evil.example");
    assertThat(absolute).doesNotContain("evil.example");
  }

  @Test
  void hostHeaderLeavesNoTrace() throws Exception {
    assertNoTrace(server, server.url(""));
    assertThat(answer(server, "/cli/install.sh", "Host: evil.example"))
        .startsWith("HTTP/1.1 200")
        .contains("local server='" + server.url("") + "'\n");
  }

  @Test
  void addressThatNobodyHasSaidIsNotGuessed() throws Exception {
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_HOST", "0.0.0.0");
    try (RunningServer everywhere = RunningServer.start(settings)) {
      assertThat(everywhere.get("/cli/install.sh").statusCode()).isEqualTo(404);
      assertThat(everywhere.get("/cli/install.sh").body()).contains("TASKAUTH_PUBLIC_URL");
      assertThat(everywhere.get("/install").body())
          .contains("TASKAUTH_PUBLIC_URL")
          .doesNotContain("curl", "localhost");
    }
  }

  @Test
  void operatorsAddressIsWhatStandsInTheScriptWhateverIsInIt() throws Exception {
    String odd = "https://tools.example.com/it's/$(id)/$HOME/&&/;/!!";
    Map<String, String> settings = new HashMap<>(RunningServer.ADMIN);
    settings.put("TASKAUTH_PUBLIC_URL", odd + "/");
    settings.put("TASKAUTH_TRUSTED_PROXIES", "127.0.0.1");
    try (RunningServer behindProxy = RunningServer.start(settings)) {
      assertNoTrace(behindProxy, "tools.example.com");
      String line =
          behindProxy
              .get("/cli/install.sh")
              .body()
              .lines()
              .filter(l -> l.startsWith("  local server="))
              .findFirst()
              .orElseThrow();
      String read = shell().run("f() {\n" + line + "\nprintf %s \"$server\"\n}\nf").ok();
      assertThat(read).isEqualTo(odd);
      assertThat(behindProxy.get("/install").body())
          .contains("--proto")
          .doesNotContain("plain HTTP");
    }
  }
}
