package io.taskauth.servlet;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The sites that tests share. Each starts when first asked for and runs until the JVM ends. */
final class Sites {
  private static final Map<String, Site> RUNNING = new ConcurrentHashMap<>();

  private Sites() {}

  /** Every container at every mount. */
  static Stream<Site> all() {
    return Stream.of(Kind.values())
        .flatMap(kind -> Stream.of(Mount.values()).map(mount -> get(kind, mount)));
  }

  /** Every container, the mounts in turn: for what hangs on the container alone. */
  static Stream<Site> perContainer() {
    return Stream.of(
        get(Kind.JETTY, Mount.ROOT),
        get(Kind.TOMCAT_11, Mount.CONTEXT),
        get(Kind.TOMCAT_10, Mount.MOUNTED),
        get(Kind.UNDERTOW, Mount.CONTEXT));
  }

  /** Any one: for what hangs on no container. */
  static Site one() {
    return get(Kind.JETTY, Mount.ROOT);
  }

  static Site get(Kind kind, Mount mount) {
    return RUNNING.computeIfAbsent(kind + " " + mount, key -> Site.of(kind, mount));
  }
}
