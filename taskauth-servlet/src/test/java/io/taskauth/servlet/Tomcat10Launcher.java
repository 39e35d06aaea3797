package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import java.util.Map;
import java.util.function.BiFunction;

/** Starts Tomcat 10.1 from within its class loader; only the JDK's and the core's types pass. */
public final class Tomcat10Launcher implements BiFunction<String, TaskAuth, Map<String, Object>> {
  @Override
  public Map<String, Object> apply(String mountName, TaskAuth auth) {
    Mount mount = Mount.valueOf(mountName);
    try {
      TaskAuthFilter gate = new TaskAuthFilter(auth, HostApp.options(mount));
      TomcatContainer tomcat = TomcatContainer.start(mount.contextPath, gate);
      Runnable stop = tomcat::stop;
      return Map.of("port", tomcat.port(), "stop", stop);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
