package io.taskauth.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.SettingStore;
import io.taskauth.store.SettingStore.Setting;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Documents that are written only by whoever has read the newest version. */
interface SettingStoreContract extends StoreContract {
  private SettingStore settings() {
    return store().settings();
  }

  @Test
  default void settingThatWasNeverWrittenIsEmpty() {
    assertThat(settings().get("webhooks")).isEmpty();
  }

  @Test
  default void versionsCountFromOne() {
    assertThat(settings().put("webhooks", "{}", 0)).contains(1L);
    assertThat(settings().put("webhooks", "[1]", 1)).contains(2L);
    assertThat(settings().put("other", "true", 0)).contains(1L);

    assertThat(settings().get("webhooks")).contains(new Setting(2, "[1]"));
    assertThat(settings().get("other")).contains(new Setting(1, "true"));
  }

  @Test
  default void whoeverHasReadAnotherVersionWritesNothing() {
    settings().put("webhooks", "{\"a\":1}", 0);
    settings().put("webhooks", "{\"a\":2}", 1);

    assertThat(settings().put("webhooks", "{}", 0)).isEmpty();
    assertThat(settings().put("webhooks", "{}", 1)).isEmpty();
    assertThat(settings().put("webhooks", "{}", 3)).isEmpty();
    assertThat(settings().put("unwritten", "{}", 1)).isEmpty();

    assertThat(settings().get("webhooks")).contains(new Setting(2, "{\"a\":2}"));
    assertThat(settings().get("unwritten")).isEmpty();
  }

  @Test
  default void longDocumentComesBackToTheLetter() {
    String document = "{ \"b\":1.0,  \"a\": \"" + "ü日👩‍🚀'%\\\\".repeat(20_000) + "\" }";

    settings().put("webhooks", document, 0);

    assertThat(settings().get("webhooks")).contains(new Setting(1, document));
  }

  @Test
  default void ofManyWritersOfOneVersionExactlyOneWins() {
    for (int version = 0; version < 10; version++) {
      int read = version;

      List<Optional<Long>> answers =
          Race.of(16, i -> settings().put("webhooks", "\"" + read + "-" + i + "\"", read));

      assertThat(answers).filteredOn(Optional::isPresent).hasSize(1);
      int winner = answers.indexOf(Optional.of(read + 1L));
      assertThat(settings().get("webhooks"))
          .contains(new Setting(read + 1L, "\"" + read + "-" + winner + "\""));
    }
  }
}
