package io.taskauth.server.people;

import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import io.taskauth.login.LoginOutcome;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.password.Password;
import io.taskauth.server.task.Arguments;
import io.taskauth.server.task.Progress;
import io.taskauth.server.web.Json;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.AuthStore;
import io.taskauth.user.User;
import java.util.Map;

/** A library with one administrator, and the task at work on it. */
final class Imports implements AutoCloseable {
  static final String PASSWORD = "lètmein";
  static final String DJANGO =
      "pbkdf2_sha256$20000$seasalt$oBSd886ysm3AqYun62DOdin8YcfbU1z9cksZSuLP9r0=";
  static final Progress NO_MATTER = fraction -> {};

  private static final ClientInfo HERE = new ClientInfo("192.0.2.1", "test");

  final TaskAuth auth;
  final ImportUsers task;

  Imports(AuthStore store) {
    this(builder(store));
  }

  Imports(TaskAuthBuilder builder) {
    auth = builder.build();
    auth.setup().orElseThrow().ensureAdministrator("root", Password.of("correct horse battery"));
    task = new ImportUsers(auth);
  }

  static TaskAuthBuilder builder(AuthStore store) {
    return TaskAuth.builder()
        .secretKeys("first-0123456789-abcdefghijklmnopqrstuvwxyz")
        .store(store)
        .argon2(new Argon2Parameters(8, 1, 1))
        .withoutHousekeeping();
  }

  String run(Map<String, ?> arguments) throws Exception {
    return run(arguments, NO_MATTER);
  }

  String run(Map<String, ?> arguments, Progress progress) throws Exception {
    return task.prepare(arguments(arguments)).run(progress);
  }

  static Arguments arguments(Map<String, ?> arguments) {
    return Arguments.of(Json.read(Json.text(arguments)).orElseThrow());
  }

  User user(String name) {
    return auth.userAdministration().orElseThrow().findByLogin(name).orElseThrow();
  }

  boolean exists(String name) {
    return auth.userAdministration().orElseThrow().findByLogin(name).isPresent();
  }

  boolean signsIn(String name, String password) {
    return auth.logins().signIn(name, Password.of(password), HERE) instanceof LoginOutcome.SignedIn;
  }

  @Override
  public void close() {
    auth.close();
  }
}
