package io.taskauth.server.task;

import io.taskauth.TaskAuth;
import io.taskauth.admin.UserAdministration;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Who is signed in, how often, and since when unused, as comma-separated values. */
public final class SessionReport implements Task {
  private static final int MAX_USERS = 5000;
  private static final int MAX_ROWS = 1000;

  private final TaskAuth auth;

  public SessionReport(TaskAuth auth) {
    this.auth = auth;
  }

  @Override
  public String name() {
    return "session-report";
  }

  @Override
  public String description() {
    return "Lists who is signed in, with role and number of sessions. Administrators can read it.";
  }

  /** It tells about everybody, as the administrators' pages do. */
  @Override
  public boolean isConfidential() {
    return true;
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments unused = arguments.only();
    return this::report;
  }

  private String report(Progress progress) {
    List<User> users = users(progress);
    List<String> lines = new ArrayList<>();
    lines.add("username,role,sessions,last_used");
    for (int i = 0; i < users.size() && lines.size() <= MAX_ROWS; i++) {
      progress.at((double) i / users.size());
      User user = users.get(i);
      List<Session> sessions = sessions(user);
      if (!sessions.isEmpty()) {
        lines.add(line(user, sessions));
      }
    }
    if (users.size() == MAX_USERS || lines.size() > MAX_ROWS) {
      lines.add("# there may be more");
    }
    return String.join("\n", lines) + "\n";
  }

  private List<User> users(Progress progress) {
    UserAdministration administration = auth.userAdministration().orElseThrow();
    List<User> users = new ArrayList<>();
    String cursor = null;
    do {
      progress.at(0);
      Page<User> page = administration.newest(new PageRequest(PageRequest.MAX_LIMIT, cursor));
      users.addAll(page.items());
      cursor = page.nextCursor();
    } while (cursor != null && users.size() < MAX_USERS);
    return users.subList(0, Math.min(users.size(), MAX_USERS));
  }

  /**
   * The directory wants the caller's own session, because without a store it knows no other. Nobody
   * calls here, so it is given one that does not exist.
   */
  private List<Session> sessions(User user) {
    Instant now = auth.clock().instant();
    SessionId nobodys = SessionId.random(auth.ids());
    Session placeholder = new Session(nobodys, user.id(), now, now, now, null, null);
    return auth.sessions().ofUser(user.id(), placeholder).stream()
        .filter(session -> !session.id().equals(nobodys))
        .toList();
  }

  private static String line(User user, List<Session> sessions) {
    Instant lastUsed =
        sessions.stream().map(Session::lastSeenAt).max(Comparator.naturalOrder()).orElseThrow();
    return String.join(
        ",",
        quoted(user.username().value()),
        user.role().name(),
        String.valueOf(sessions.size()),
        lastUsed.toString());
  }

  /** A name may begin with a sign that spreadsheets take for a formula (OWASP, CSV Injection). */
  private static String quoted(String name) {
    String safe = name.matches("[=+@\\t\\r-].*") ? "'" + name : name;
    return '"' + safe.replace("\"", "\"\"") + '"';
  }
}
