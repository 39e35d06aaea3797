package io.taskauth.cli;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Opens an address, which must hold no secret: other users see the arguments of a process. */
final class Browser {
  private final Surroundings around;

  Browser(Surroundings around) {
    this.around = around;
  }

  /** Whether a program was started for it; what comes of that is not known. */
  boolean open(URI address) {
    Optional<List<String>> command =
        command(around, System.getProperty("os.name"), address.toString());
    if (command.isEmpty()) {
      return false;
    }
    try {
      new ProcessBuilder(command.get())
          .redirectOutput(Redirect.DISCARD)
          .redirectError(Redirect.DISCARD)
          .start()
          .getOutputStream()
          .close();
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  static Optional<List<String>> command(Surroundings around, String os, String address) {
    Optional<String> chosen = around.variable("BROWSER");
    if (chosen.isPresent()) {
      return Optional.of(chosen(chosen.get(), address));
    }
    String system = os.toLowerCase(Locale.ROOT);
    if (system.contains("win")) {
      return Optional.of(List.of("rundll32", "url.dll,FileProtocolHandler", address));
    }
    if (around.variable("SSH_CONNECTION").isPresent()) {
      // A browser there could not come back to a listener here.
      return Optional.empty();
    }
    if (system.contains("mac")) {
      return Optional.of(List.of("open", address));
    }
    boolean screen =
        around.variable("DISPLAY").isPresent() || around.variable("WAYLAND_DISPLAY").isPresent();
    return screen ? Optional.of(List.of("xdg-open", address)) : Optional.empty();
  }

  /** As is usual: several are separated by colons, and {@code %s} is the address's place. */
  private static List<String> chosen(String variable, String address) {
    List<String> command = new ArrayList<>(List.of(variable.split(":", -1)[0].strip().split(" +")));
    if (variable.contains("%s")) {
      command.replaceAll(word -> word.replace("%s", address));
    } else {
      command.add(address);
    }
    return command;
  }
}
