package io.taskauth.servlet;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.Change;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** A store in memory that can be cut off, as a database is by a broken network. */
final class SwitchableStore implements AuthStore {
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private final Map<String, Runnable> interruptions = new ConcurrentHashMap<>();
  private volatile boolean out;

  /** Whether what changes is told at once, as it is while the network holds. */
  volatile boolean feedIsCurrent = true;

  void cutOff() {
    out = true;
  }

  void restore() {
    out = false;
  }

  /** Something that happens just before the next call of the store's method of that name. */
  void beforeNext(String method, Runnable interruption) {
    interruptions.put(method, interruption);
  }

  private <T> T guarded(Class<T> part, T inner) {
    Object proxy =
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (self, method, arguments) -> {
              Runnable interruption = interruptions.remove(method.getName());
              if (interruption != null) {
                interruption.run();
              }
              if (out) {
                throw new AuthStoreException("cut off", null);
              }
              try {
                return method.invoke(inner, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
    return part.cast(proxy);
  }

  @Override
  public UserStore users() {
    return guarded(UserStore.class, store.users());
  }

  @Override
  public SessionStore sessions() {
    return guarded(SessionStore.class, store.sessions());
  }

  @Override
  public AccessTokenStore accessTokens() {
    return guarded(AccessTokenStore.class, store.accessTokens());
  }

  @Override
  public ServiceAccountStore services() {
    return guarded(ServiceAccountStore.class, store.services());
  }

  @Override
  public OneTimeSecretStore secrets() {
    return guarded(OneTimeSecretStore.class, store.secrets());
  }

  @Override
  public IdentityStore identities() {
    return guarded(IdentityStore.class, store.identities());
  }

  @Override
  public AttemptStore attempts() {
    return guarded(AttemptStore.class, store.attempts());
  }

  @Override
  public SettingStore settings() {
    return guarded(SettingStore.class, store.settings());
  }

  @Override
  public AuditStore audit() {
    return guarded(AuditStore.class, store.audit());
  }

  @Override
  public WorkStore work() {
    return guarded(WorkStore.class, store.work());
  }

  @Override
  public ChangeFeed changes() {
    ChangeFeed feed = store.changes();
    return new ChangeFeed() {
      @Override
      public Runnable subscribe(Consumer<Change> listener) {
        return feed.subscribe(listener);
      }

      @Override
      public boolean isCurrent() {
        return feedIsCurrent;
      }
    };
  }

  @Override
  public void migrate() {}

  @Override
  public void close() {
    store.close();
  }
}
