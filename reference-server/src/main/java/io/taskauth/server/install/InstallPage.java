package io.taskauth.server.install;

import io.taskauth.server.jte.JteinstallGenerated;
import io.taskauth.server.page.Frame;
import io.taskauth.server.page.PageEndpoint;
import io.taskauth.server.page.PageServlet;
import io.taskauth.server.page.Pages;
import io.taskauth.server.page.Visit;
import io.taskauth.server.web.Route;
import io.taskauth.server.web.Routes;
import java.io.IOException;
import java.util.List;

/** {@code /install}: how to get the command line. For everybody: there is no secret in it. */
public final class InstallPage extends PageServlet {
  /** Where it is. */
  public static final String PATH = "/install";

  /** A guess would be an address that is another computer's on another computer. */
  static final String NO_ADDRESS =
      "This server listens on all addresses and has not been told which one users know it by, so"
          + " there is no script. Whoever runs it sets TASKAUTH_PUBLIC_URL.";

  private static final long serialVersionUID = 1;

  private final transient Routes<PageEndpoint> routes;
  private final transient CommandLine commandLine;
  private final transient InstallScript script;

  InstallPage(Pages pages, CommandLine commandLine, InstallScript script) {
    super(pages);
    this.commandLine = commandLine;
    this.script = script;
    this.routes = new Routes<PageEndpoint>(List.of(new Route<>("GET", PATH, this::show)));
  }

  @Override
  protected Routes<PageEndpoint> routes() {
    return routes;
  }

  private void show(Visit visit) throws IOException {
    Frame frame = visit.frame("Command line");
    String command = script.address().map(InstallScript::command).orElse("");
    String warning = script.address().map(InstallPage::warning).orElse(NO_ADDRESS);
    visit.show(
        200,
        out ->
            JteinstallGenerated.render(
                out,
                null,
                frame,
                command,
                InstallFiles.SCRIPT,
                InstallFiles.JAR,
                commandLine.sha256(),
                warning));
  }

  private static String warning(String address) {
    return isPlain(address)
        ? "This address is plain HTTP: anybody on the way can put another script in its place. Ask"
            + " whoever runs this server for its HTTPS address."
        : "";
  }

  /** Whether anybody on the way could put another script in place of this one. */
  private static boolean isPlain(String address) {
    return address.matches("http://(?!localhost[:/]|127\\.|\\[::1]).*");
  }
}
