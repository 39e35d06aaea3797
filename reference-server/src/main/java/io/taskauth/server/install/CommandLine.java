package io.taskauth.server.install;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.taskauth.internal.Hashes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.jar.JarEntry;
import java.util.jar.JarInputStream;

/** The jar of the command line as it lies in this server. Immutable. */
public final class CommandLine {
  private static final String JAR = "/io/taskauth/server/install/taskauth.jar";
  private static final String STARTER = "META-INF/taskauth/taskauth";

  private final byte[] jar;
  private final byte[] digest;
  private final String starter;

  private CommandLine(byte[] jar) throws IOException {
    this.jar = jar;
    this.digest = Hashes.sha256(jar);
    this.starter = starter(jar);
  }

  /**
   * Reads it from the class path.
   *
   * @throws IllegalStateException where the server was built without it
   */
  public static CommandLine load() {
    try (InputStream in = CommandLine.class.getResourceAsStream(JAR)) {
      if (in == null) {
        throw new IllegalStateException("the jar of the command line is missing from the server");
      }
      return new CommandLine(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The script that starts the jar travels in it, so that the two are of one version. */
  private static String starter(byte[] jar) throws IOException {
    try (JarInputStream entries = new JarInputStream(new ByteArrayInputStream(jar))) {
      for (JarEntry e = entries.getNextJarEntry(); e != null; e = entries.getNextJarEntry()) {
        if (e.getName().equals(STARTER)) {
          return new String(entries.readAllBytes(), UTF_8);
        }
      }
    }
    throw new IllegalStateException(STARTER + " is missing from the jar of the command line");
  }

  int size() {
    return jar.length;
  }

  void writeTo(OutputStream out) throws IOException {
    out.write(jar);
  }

  /** SHA-256 as {@code sha256sum} prints it. */
  String sha256() {
    return HexFormat.of().formatHex(digest);
  }

  /** SHA-256 as {@code Repr-Digest} has it (RFC 9530, section 2). */
  String reprDigest() {
    return "sha-256=:" + Base64.getEncoder().encodeToString(digest) + ":";
  }

  /** The script that starts it. */
  String starter() {
    return starter;
  }
}
