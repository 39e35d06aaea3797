/**
 * What a store must keep, as tests. Whoever writes an {@link io.taskauth.store.AuthStore} extends
 * {@link io.taskauth.testkit.AuthStoreContract}, and {@link
 * io.taskauth.testkit.SharedStoreContract} where several nodes share it.
 */
module io.taskauth.testkit {
  requires transitive io.taskauth;
  requires transitive org.junit.jupiter.api;
  requires org.assertj.core;

  exports io.taskauth.testkit;

  // JUnit calls tests that are not public.
  opens io.taskauth.testkit to
      org.junit.platform.commons;
}
