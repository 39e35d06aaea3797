package io.taskauth.store.duckdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.taskauth.store.AuthStoreException;
import io.taskauth.ticket.OneTimeSecret;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class FailureTest {
  @Test
  void storeWithoutItsSchemaIsOutAndSaysSoInOurWords() {
    try (DuckDbAuthStore store = DuckDbAuthStore.inMemory()) {
      assertThat(catchThrowable(() -> store.users().anyUser()))
          .isInstanceOf(AuthStoreException.class)
          .hasMessage("DuckDB could not read");
      assertThat(catchThrowable(() -> store.secrets().put(People.secret("x"))))
          .isInstanceOf(AuthStoreException.class)
          .hasMessage("DuckDB could not write");
    }
  }

  @Test
  void whatWasBoundIsNotInTheStackTrace() {
    try (DuckDbAuthStore store = DuckDbAuthStore.inMemory()) {
      store.migrate();
      OneTimeSecret secret = People.secret("payload-of-a-secret");
      store.secrets().put(secret);

      Throwable failure = catchThrowable(() -> store.secrets().put(secret));

      StringWriter trace = new StringWriter();
      failure.printStackTrace(new PrintWriter(trace));
      assertThat(trace.toString()).contains("Constraint Error").doesNotContain(secret.payload());
    }
  }
}
