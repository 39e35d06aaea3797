package io.taskauth.benchmarks.scale;

import io.taskauth.session.Session;
import io.taskauth.user.NewUser;
import io.taskauth.user.User;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows as the tables of SQL stores have them, as lines with commas. None has one in a value. */
record Csv(String table, String columns, String lines) {
  static List<Csv> users(List<NewUser> users, long firstNumber) {
    long number = firstNumber;
    StringBuilder rows = new StringBuilder();
    for (NewUser each : users) {
      User user = each.user();
      rows.append(
          line(
              user.id(),
              number++,
              user.username().value(),
              email(user),
              user.role().name(),
              true,
              user.createdAt().toEpochMilli(),
              user.origin().value(),
              0));
    }
    return List.of(
        new Csv(
            "taskauth_user",
            "id,number,username,email,role,active,created_at,origin,credential_epoch",
            rows.toString()),
        new Csv(
            "taskauth_login_name",
            "name_key,user_id,username_key",
            lines(users, each -> names(each.user()))));
  }

  private static String names(User user) {
    String name = user.username().key().value();
    return line(name, user.id(), "") + line(email(user), user.id(), name);
  }

  private static String email(User user) {
    return user.email() == null ? "" : user.email().value();
  }

  static Csv sessions(List<Session> sessions) {
    return new Csv(
        "taskauth_session",
        "id,user_id,created_at,last_seen_at,expires_at,ip,user_agent",
        lines(
            sessions,
            session ->
                line(
                    session.id().value(),
                    session.userId(),
                    session.createdAt().toEpochMilli(),
                    session.lastSeenAt().toEpochMilli(),
                    session.expiresAt().toEpochMilli(),
                    String.valueOf(session.ip()),
                    String.valueOf(session.userAgent()))));
  }

  private static <T> String lines(List<T> items, Function<T, String> line) {
    return items.stream().map(line).collect(Collectors.joining());
  }

  private static String line(Object... values) {
    return List.of(values).stream().map(Object::toString).collect(Collectors.joining(",")) + "\n";
  }
}
