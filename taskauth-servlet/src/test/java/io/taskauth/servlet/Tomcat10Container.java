package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import java.util.Map;
import java.util.function.BiFunction;

/** Tomcat 10.1, whose packages are those of Tomcat 11, in a class loader of its own. */
final class Tomcat10Container implements Container {
  private static final OwnClasses CLASSES = OwnClasses.of("tomcat10");

  private final Map<String, Object> running;

  private Tomcat10Container(Map<String, Object> running) {
    this.running = running;
  }

  static Tomcat10Container start(Mount mount, TaskAuth auth) throws Exception {
    return CLASSES.run(() -> new Tomcat10Container(launcher().apply(mount.name(), auth)));
  }

  @SuppressWarnings("unchecked")
  private static BiFunction<String, TaskAuth, Map<String, Object>> launcher() throws Exception {
    Class<?> launcher = CLASSES.loadClass(Tomcat10Launcher.class.getName());
    return (BiFunction<String, TaskAuth, Map<String, Object>>)
        launcher.getDeclaredConstructor().newInstance();
  }

  @Override
  public int port() {
    return (int) running.get("port");
  }

  @Override
  public void stop() {
    ((Runnable) running.get("stop")).run();
  }
}
