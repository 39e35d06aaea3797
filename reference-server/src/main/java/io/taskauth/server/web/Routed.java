package io.taskauth.server.web;

import java.util.List;

/** Something that can say what it answers. */
public interface Routed {
  /** Methods and paths, such as <code>POST /api/tasks/{name}/run</code>. */
  List<String> answered();
}
