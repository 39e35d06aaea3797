package io.taskauth.servlet;

import io.taskauth.login.AttemptStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.UserStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** A store in memory that can be cut off, as a database is by a broken network. */
final class SwitchableStore implements AuthStore {
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private volatile boolean out;

  void cutOff() {
    out = true;
  }

  void restore() {
    out = false;
  }

  private <T> T guarded(Class<T> part, T inner) {
    Object proxy =
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (self, method, arguments) -> {
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
  public OneTimeSecretStore secrets() {
    return guarded(OneTimeSecretStore.class, store.secrets());
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
  public ChangeFeed changes() {
    return store.changes();
  }

  @Override
  public void migrate() {}

  @Override
  public void close() {
    store.close();
  }
}
