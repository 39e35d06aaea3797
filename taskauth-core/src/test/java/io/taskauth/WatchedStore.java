package io.taskauth;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.LocalChangeFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A real store that notes which verbs were called, and lets a test step in before or after one. */
final class WatchedStore implements AuthStore {
  final List<String> calls = new CopyOnWriteArrayList<>();

  /** All that it was given to keep or to look for, as text. */
  final List<String> heard = new CopyOnWriteArrayList<>();

  volatile boolean feedIsCurrent = true;

  /** Whether nobody is told of changes. */
  volatile boolean deaf;

  private final AuthStore real;
  private final Map<String, Runnable> before = new ConcurrentHashMap<>();
  private final Map<String, Runnable> after = new ConcurrentHashMap<>();

  WatchedStore(AuthStore real) {
    this.real = real;
  }

  /** Runs {@code step} once, before the next call of that verb. */
  void beforeNext(String verb, Runnable step) {
    before.put(verb, step);
  }

  /** Every call of that verb fails from now on. */
  void cutOff(String verb) {
    beforeNext(
        verb,
        () -> {
          cutOff(verb);
          throw new AuthStoreException("cut off", null);
        });
  }

  /** Runs {@code step} once, when the next call of that verb is done and not yet answered. */
  void afterNext(String verb, Runnable step) {
    after.put(verb, step);
  }

  /** As if another node had changed something. */
  void tell(Change change) {
    ((LocalChangeFeed) real.changes()).publish(change);
  }

  private <T> T watched(Class<T> part, T parts) {
    return part.cast(
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (proxy, method, arguments) -> {
              String verb = part.getSimpleName() + "." + method.getName();
              calls.add(verb);
              heard.add(Arrays.deepToString(arguments));
              runOnce(before, verb);
              try {
                Object answer = method.invoke(parts, arguments);
                runOnce(after, verb);
                return answer;
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  private static void runOnce(Map<String, Runnable> steps, String verb) {
    Runnable step = steps.remove(verb);
    if (step != null) {
      step.run();
    }
  }

  @Override
  public UserStore users() {
    return watched(UserStore.class, real.users());
  }

  @Override
  public SessionStore sessions() {
    return watched(SessionStore.class, real.sessions());
  }

  @Override
  public AccessTokenStore accessTokens() {
    return watched(AccessTokenStore.class, real.accessTokens());
  }

  @Override
  public ServiceAccountStore services() {
    return watched(ServiceAccountStore.class, real.services());
  }

  @Override
  public OneTimeSecretStore secrets() {
    return watched(OneTimeSecretStore.class, real.secrets());
  }

  @Override
  public IdentityStore identities() {
    return watched(IdentityStore.class, real.identities());
  }

  @Override
  public AttemptStore attempts() {
    return watched(AttemptStore.class, real.attempts());
  }

  @Override
  public SettingStore settings() {
    return real.settings();
  }

  /** Not watched: events arrive behind the request, at any time. */
  @Override
  public AuditStore audit() {
    return real.audit();
  }

  @Override
  public WorkStore work() {
    return watched(WorkStore.class, real.work());
  }

  @Override
  public ChangeFeed changes() {
    return new ChangeFeed() {
      @Override
      public Runnable subscribe(Consumer<Change> listener) {
        return real.changes()
            .subscribe(
                change -> {
                  if (!deaf) {
                    listener.accept(change);
                  }
                });
      }

      @Override
      public boolean isCurrent() {
        return feedIsCurrent;
      }
    };
  }

  @Override
  public void migrate() {
    real.migrate();
  }

  @Override
  public void close() {
    real.close();
  }
}
