package io.taskauth.server;

/** What the program says of itself when asked: how it is called, and all that can be set. */
final class Help {
  static final String FLAG = "--help";

  private static final int WIDTH = 100;
  private static final String INDENT = "    ";

  private Help() {}

  static boolean isWanted(String[] arguments) {
    return arguments.length == 1 && arguments[0].equals(FLAG);
  }

  static String text() {
    StringBuilder help =
        new StringBuilder(
            """
            java -jar taskauth-server.jar                       starts the server
            java -jar taskauth-server.jar --let-in <user name>  starts it, and prints a link with which
                                                                that administrator chooses a password
            java -jar taskauth-server.jar --help                prints this

            Everything is set by environment variables. In brackets is what holds where one is not set.
            What is marked * may stand in a file instead, which <variable>_FILE names.
            """);
    Setting.Group group = null;
    for (Setting setting : Setting.values()) {
      help.append(setting.group() == group ? "" : "\n");
      group = setting.group();
      help.append(setting.variable())
          .append(setting.isSecret() ? "*" : "")
          .append(" [")
          .append(plain(setting.standardText()))
          .append("]\n");
      wrap(plain(setting.meaning()), help);
    }
    return help.toString();
  }

  /** Without what Markdown marks (code, and where a link leads), and as every terminal shows it. */
  private static String plain(String markdown) {
    return markdown.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1").replace("`", "").replace("…", "...");
  }

  private static void wrap(String text, StringBuilder into) {
    StringBuilder line = new StringBuilder(INDENT);
    for (String word : text.split(" ", -1)) {
      if (line.length() + word.length() > WIDTH) {
        into.append(line.toString().stripTrailing()).append('\n');
        line.setLength(INDENT.length());
      }
      line.append(word).append(' ');
    }
    into.append(line.toString().stripTrailing()).append('\n');
  }
}
