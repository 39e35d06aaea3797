package io.taskauth.server;

/** A setting that makes no sense; the message is one line that names the variable. */
final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ConfigException(String variable, String problem) {
    super(variable + ": " + problem);
  }
}
