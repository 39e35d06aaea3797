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
    visit.show(
        200,
        out ->
            JteinstallGenerated.render(
                out,
                null,
                frame,
                script.command(),
                InstallFiles.SCRIPT,
                InstallFiles.JAR,
                commandLine.sha256(),
                isPlain(script.address())));
  }

  /** Whether anybody on the way could put another script in place of this one. */
  private static boolean isPlain(String address) {
    return address.matches("http://(?!localhost[:/]|127\\.|\\[::1]).*");
  }
}
