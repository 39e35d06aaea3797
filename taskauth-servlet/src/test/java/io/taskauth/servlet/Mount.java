package io.taskauth.servlet;

/** Where the same application lives below its server. */
enum Mount {
  ROOT("", ""),
  CONTEXT("/tools/queue", ""),
  MOUNTED("", "/tools/queue");

  final String contextPath;
  final String mountPath;

  Mount(String contextPath, String mountPath) {
    this.contextPath = contextPath;
    this.mountPath = mountPath;
  }

  /** What every path of the application begins with. */
  String base() {
    return contextPath + mountPath;
  }

  /** The path attribute of the library's cookies. */
  String cookiePath() {
    return base().isEmpty() ? "/" : base();
  }
}
