package io.taskauth.server.task;

import io.taskauth.TaskAuth;
import io.taskauth.admin.UserAdministration;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.session.SessionId;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who is signed in, how often, and since when unused, as comma-separated values. */
public final class SessionReport implements Task {
  private static final int MAX_LENGTH = 1024 * 1024;

  /** Room for what is said about what was cut. */
  private static final int ROOM = 200;

  private final TaskAuth auth;
  private final int maxLength;

  public SessionReport(TaskAuth auth) {
    this(auth, MAX_LENGTH);
  }

  SessionReport(TaskAuth auth, int maxLength) {
    this.auth = auth;
    this.maxLength = maxLength;
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
  public ResultKind resultKind() {
    return ResultKind.CSV;
  }

  @Override
  public List<Argument> form() {
    List<String> choices = new ArrayList<>(List.of(""));
    auth.roles().ascending().forEach(known -> choices.add(known.name()));
    return List.of(new Argument("role", "Only this role", "", Argument.Kind.CHOICE, choices));
  }

  @Override
  public Work prepare(Arguments arguments) {
    Arguments known = arguments.only("role", "format");
    Optional<String> unused = known.choice("format", List.of("csv"));
    Optional<String> role =
        known.choice("role", auth.roles().ascending().stream().map(Role::name).toList());
    return progress -> report(role, progress);
  }

  private String report(Optional<String> role, Progress progress) {
    progress.at(0);
    int accounts = accounts(progress);
    StringBuilder report = new StringBuilder("username,role,sessions,last_used\n");
    int seen = 0;
    int cut = 0;
    for (PageRequest next = first(); next != null; ) {
      Page<User> page = administration().newest(next);
      for (User user : page.items()) {
        // There may be more by now than were counted.
        progress.at(Math.min(1, (double) seen++ / Math.max(1, accounts)));
        if (role.isEmpty() || role.get().equals(user.role().name())) {
          cut += add(report, user) ? 0 : 1;
        }
      }
      next = following(page);
    }
    if (cut > 0) {
      report.append("# cut at 1 MiB: ").append(cut).append(" more are signed in\n");
    }
    return report.toString();
  }

  /** False where there would be something to add, and it is too much. */
  private boolean add(StringBuilder report, User user) {
    List<Session> sessions = sessions(user);
    if (sessions.isEmpty()) {
      return true;
    }
    String line = line(user, sessions) + "\n";
    if (report.length() + line.length() > maxLength - ROOM) {
      return false;
    }
    report.append(line);
    return true;
  }

  private int accounts(Progress progress) {
    int number = 0;
    for (PageRequest next = first(); next != null; ) {
      progress.at(0);
      Page<User> page = administration().newest(next);
      number += page.items().size();
      next = following(page);
    }
    return number;
  }

  private static PageRequest first() {
    return PageRequest.first(PageRequest.MAX_LIMIT);
  }

  private static @Nullable PageRequest following(Page<User> page) {
    return page.next().map(cursor -> new PageRequest(PageRequest.MAX_LIMIT, cursor)).orElse(null);
  }

  private UserAdministration administration() {
    return auth.userAdministration().orElseThrow();
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
