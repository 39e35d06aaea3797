package io.taskauth.server.install;

import io.taskauth.server.page.Pages;
import jakarta.servlet.Servlet;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** The servlets that hand out the command line, by their paths. */
public final class Installation {
  private Installation() {}

  /** What everybody may have, signed in or not. */
  public static String[] publicPaths() {
    return new String[] {InstallPage.PATH, InstallFiles.SCRIPT, InstallFiles.JAR};
  }

  /**
   * @param address where users reach this server, without a slash at its end; empty where nobody
   *     has said it
   */
  public static Map<String, Servlet> servlets(Pages pages, Supplier<Optional<String>> address) {
    CommandLine commandLine = CommandLine.load();
    InstallScript script = new InstallScript(commandLine, address);
    InstallFiles files = new InstallFiles(commandLine, script);
    return Map.of(
        InstallPage.PATH,
        new InstallPage(pages, commandLine, script),
        InstallFiles.SCRIPT,
        files,
        InstallFiles.JAR,
        files);
  }
}
