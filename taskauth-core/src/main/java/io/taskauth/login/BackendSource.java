package io.taskauth.login;

import io.taskauth.password.OverloadedException;
import io.taskauth.password.Password;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.Roles;
import io.taskauth.user.Username;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backend of the host's, with a limit of time around it and an account made of its answer. */
final class BackendSource implements LoginSource {
  private static final Logger log = LoggerFactory.getLogger(BackendSource.class);

  private final String name;
  private final Origin origin;
  private final AuthBackend backend;
  private final Roles roles;
  private final Duration timeout;
  private final ExecutorService threads;
  private final AccountKeeper accounts;

  BackendSource(
      String name,
      AuthBackend backend,
      Roles roles,
      Duration timeout,
      ExecutorService threads,
      AccountKeeper accounts) {
    this.name = name;
    this.origin = Origin.backend(name);
    this.backend = backend;
    this.roles = roles;
    this.timeout = timeout;
    this.threads = threads;
    this.accounts = accounts;
  }

  @Override
  public Answer check(String typedName, Password password) {
    BackendAnswer answer = ask(typedName, password);
    if (answer instanceof BackendAnswer.Accepted accepted) {
      return account(accepted);
    }
    return answer instanceof BackendAnswer.Refused ? new Answer.No() : new Answer.NotMine();
  }

  private BackendAnswer ask(String typedName, Password password) {
    Future<BackendAnswer> answer;
    try {
      answer = threads.submit(() -> backend.authenticate(typedName, password));
    } catch (RejectedExecutionException e) {
      throw new OverloadedException();
    }
    try {
      BackendAnswer given = answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
      if (given == null) {
        log.error("the backend '{}' answered null, which is no answer", name);
        throw new BackendUnavailableException(name, null);
      }
      return given;
    } catch (TimeoutException e) {
      answer.cancel(true);
      log.warn("the backend '{}' gave no answer within {}", name, timeout);
      throw new BackendUnavailableException(name, e);
    } catch (ExecutionException e) {
      log.warn("the backend '{}' failed", name, e.getCause());
      throw new BackendUnavailableException(name, e.getCause());
    } catch (InterruptedException e) {
      answer.cancel(true);
      Thread.currentThread().interrupt();
      throw new BackendUnavailableException(name, e);
    }
  }

  private Answer account(BackendAnswer.Accepted accepted) {
    Optional<Username> username = Username.parse(accepted.username());
    Role role = accepted.role() == null ? null : roles.find(accepted.role()).orElse(null);
    boolean unknownRole = accepted.role() != null && role == null;
    if (username.isEmpty() || unknownRole) {
      log.error(
          "the backend '{}' accepted somebody but gave a {}; the sign-in is refused",
          name,
          username.isEmpty()
              ? "user name that is not " + Username.RULE
              : "role that is none of " + roles.ascending());
      return new Answer.No();
    }
    return accounts.vouchedFor(
        origin,
        username.get(),
        role,
        EmailAddress.parse(accepted.email()).orElse(null),
        accepted.displayName());
  }
}
