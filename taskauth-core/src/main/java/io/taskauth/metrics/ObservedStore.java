package io.taskauth.metrics;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/** A store whose calls are timed. Threads share it as they share the store. */
public final class ObservedStore implements AuthStore {
  private final AuthStore store;
  private final StoreCallListener listener;
  private final UserStore users;
  private final SessionStore sessions;
  private final AccessTokenStore accessTokens;
  private final ServiceAccountStore services;
  private final OneTimeSecretStore secrets;
  private final IdentityStore identities;
  private final AttemptStore attempts;
  private final SettingStore settings;
  private final AuditStore audit;
  private final WorkStore work;

  public ObservedStore(AuthStore store, StoreCallListener listener) {
    this.store = store;
    this.listener = listener;
    this.users = observed("users", UserStore.class, store.users());
    this.sessions = observed("sessions", SessionStore.class, store.sessions());
    this.accessTokens = observed("access_tokens", AccessTokenStore.class, store.accessTokens());
    this.services = observed("services", ServiceAccountStore.class, store.services());
    this.secrets = observed("secrets", OneTimeSecretStore.class, store.secrets());
    this.identities = observed("identities", IdentityStore.class, store.identities());
    this.attempts = observed("attempts", AttemptStore.class, store.attempts());
    this.settings = observed("settings", SettingStore.class, store.settings());
    this.audit = observed("audit", AuditStore.class, store.audit());
    this.work = observed("work", WorkStore.class, store.work());
  }

  private <T> T observed(String name, Class<T> type, T part) {
    Object proxy =
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, verb, arguments) -> timed(name, part, verb, arguments));
    return type.cast(proxy);
  }

  private @Nullable Object timed(
      String name, Object part, Method verb, Object @Nullable [] arguments) throws Throwable {
    long start = System.nanoTime();
    boolean failed = true;
    try {
      Object answer = verb.invoke(part, arguments);
      failed = false;
      return answer;
    } catch (InvocationTargetException e) {
      throw e.getCause();
    } finally {
      listener.called(name, verb.getName(), System.nanoTime() - start, failed);
    }
  }

  @Override
  public UserStore users() {
    return users;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public AccessTokenStore accessTokens() {
    return accessTokens;
  }

  @Override
  public ServiceAccountStore services() {
    return services;
  }

  @Override
  public OneTimeSecretStore secrets() {
    return secrets;
  }

  @Override
  public IdentityStore identities() {
    return identities;
  }

  @Override
  public AttemptStore attempts() {
    return attempts;
  }

  @Override
  public SettingStore settings() {
    return settings;
  }

  @Override
  public AuditStore audit() {
    return audit;
  }

  @Override
  public WorkStore work() {
    return work;
  }

  @Override
  public ChangeFeed changes() {
    return store.changes();
  }

  @Override
  public void migrate() {
    store.migrate();
  }

  @Override
  public void close() {
    store.close();
  }
}
