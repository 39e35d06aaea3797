package io.taskauth.cli;

import picocli.CommandLine.IVersionProvider;

/** Which version this is: the jar's manifest says it. */
final class Version implements IVersionProvider {
  static final String NUMBER = number();

  private static String number() {
    String version = Version.class.getPackage().getImplementationVersion();
    return version == null ? "development" : version;
  }

  @Override
  public String[] getVersion() {
    return new String[] {"taskauth " + NUMBER};
  }
}
