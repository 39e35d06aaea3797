package io.taskauth.testkit;

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
import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

/** A store that counts what requests ask of it, and that stays open when its TaskAuth is closed. */
final class CountedStore implements AuthStore {
  private final AuthStore real;
  private final AtomicInteger calls = new AtomicInteger();

  CountedStore(AuthStore real) {
    this.real = real;
  }

  int calls() {
    return calls.get();
  }

  private <T> T counted(Class<T> part, T parts) {
    return part.cast(
        Proxy.newProxyInstance(
            part.getClassLoader(),
            new Class<?>[] {part},
            (proxy, method, arguments) -> {
              calls.incrementAndGet();
              try {
                return method.invoke(parts, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }

  @Override
  public UserStore users() {
    return counted(UserStore.class, real.users());
  }

  @Override
  public SessionStore sessions() {
    return counted(SessionStore.class, real.sessions());
  }

  @Override
  public AccessTokenStore accessTokens() {
    return counted(AccessTokenStore.class, real.accessTokens());
  }

  @Override
  public ServiceAccountStore services() {
    return counted(ServiceAccountStore.class, real.services());
  }

  @Override
  public OneTimeSecretStore secrets() {
    return counted(OneTimeSecretStore.class, real.secrets());
  }

  @Override
  public IdentityStore identities() {
    return counted(IdentityStore.class, real.identities());
  }

  @Override
  public AttemptStore attempts() {
    return counted(AttemptStore.class, real.attempts());
  }

  @Override
  public SettingStore settings() {
    return counted(SettingStore.class, real.settings());
  }

  /** Not counted: events arrive behind the request, at any time. */
  @Override
  public AuditStore audit() {
    return real.audit();
  }

  /** Not counted: work is done behind the request, at any time. */
  @Override
  public WorkStore work() {
    return real.work();
  }

  @Override
  public ChangeFeed changes() {
    return real.changes();
  }

  @Override
  public void migrate() {
    real.migrate();
  }

  @Override
  public void close() {}
}
