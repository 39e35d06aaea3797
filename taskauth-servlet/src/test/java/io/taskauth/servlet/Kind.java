package io.taskauth.servlet;

import io.taskauth.TaskAuth;

/** The containers that the library is tested in. */
enum Kind {
  JETTY,
  TOMCAT_11,
  TOMCAT_10,
  UNDERTOW;

  Container start(Mount mount, TaskAuth auth) {
    try {
      return this == TOMCAT_10
          ? Tomcat10Container.start(mount, auth)
          : start(mount, new TaskAuthFilter(auth, HostApp.options(mount)));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  Container start(Mount mount, TaskAuthFilter gate) {
    try {
      return switch (this) {
        case JETTY -> JettyContainer.start(mount.contextPath, gate);
        case TOMCAT_11 -> TomcatContainer.start(mount.contextPath, gate);
        case UNDERTOW -> UndertowContainer.start(mount.contextPath, gate);
        case TOMCAT_10 -> throw new IllegalArgumentException("has a class loader of its own");
      };
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
