package io.taskauth.internal;

/**
 * JJWT, when taskauth is a module. It has no module name that it keeps, so that {@code module-info}
 * cannot require it. Java reads it all the same where it is on the module path, but Maven and
 * others put there only what some module requires and leave the rest on the class path, which a
 * module reads only if it says so while it runs.
 */
public final class ClassPathLibraries {
  private ClassPathLibraries() {}

  /** To be called before the first class that extends one of JJWT's is loaded. */
  public static void makeReadable() {
    Class<?> here = ClassPathLibraries.class;
    here.getModule().addReads(here.getClassLoader().getUnnamedModule());
  }
}
