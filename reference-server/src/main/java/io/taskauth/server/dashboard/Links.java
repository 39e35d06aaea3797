package io.taskauth.server.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;

/** Addresses of pages, whatever signs are in a name. */
public final class Links {
  private Links() {}

  public static String task(String name) {
    return "/tasks/" + segment(name);
  }

  public static String queue(String name) {
    return "/queues/" + segment(name);
  }

  /** The page of runs, of one task or in one status where these are not empty. */
  public static String runs(String task, String status) {
    return "/runs?task=" + segment(task) + "&status=" + segment(status);
  }

  /** One segment of a path: URLEncoder is made for forms, where a space may be a plus. */
  public static String segment(String text) {
    return URLEncoder.encode(text, UTF_8).replace("+", "%20");
  }
}
