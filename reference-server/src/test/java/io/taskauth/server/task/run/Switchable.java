package io.taskauth.server.task.run;

import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.SettingStore;
import io.taskauth.work.WorkStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** One node's way to a store, which can be cut. */
final class Switchable {
  final AtomicInteger refused = new AtomicInteger();
  volatile boolean cut;

  AuthStore to(InMemoryAuthStore store) {
    WorkStore work = wrapped(WorkStore.class, store.work());
    return (AuthStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AuthStore.class},
            (self, verb, arguments) ->
                verb.getName().equals("work") ? work : verb.invoke(store, arguments));
  }

  /** A store whose settings stay as they are, whoever writes them. */
  AuthStore withOldSettings(InMemoryAuthStore store) {
    SettingStore old =
        new SettingStore() {
          @Override
          public Optional<Setting> get(String name) {
            return store.settings().get(name);
          }

          @Override
          public Optional<Long> put(String name, String document, long expectedVersion) {
            return Optional.empty();
          }
        };
    return (AuthStore)
        Proxy.newProxyInstance(
            getClass().getClassLoader(),
            new Class<?>[] {AuthStore.class},
            (self, verb, arguments) ->
                verb.getName().equals("settings") ? old : verb.invoke(store, arguments));
  }

  private <T> T wrapped(Class<T> type, T part) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, verb, arguments) -> {
              if (cut) {
                refused.incrementAndGet();
                throw new AuthStoreException("cut", null);
              }
              try {
                return verb.invoke(part, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            }));
  }
}
