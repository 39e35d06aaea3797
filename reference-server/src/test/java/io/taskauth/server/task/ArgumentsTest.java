package io.taskauth.server.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.server.web.Json;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ArgumentsTest {
  private static final List<String> CHOICES = List.of("red", "green");

  private static Arguments arguments(String json) {
    return Arguments.of(Json.read(json).orElseThrow());
  }

  private static void assertRefused(String json, Consumer<Arguments> read) {
    assertThatThrownBy(() -> read.accept(arguments(json)))
        .as(json)
        .isInstanceOf(BadArgumentsException.class)
        .hasMessageContaining("'a'")
        .hasMessageNotContaining("hunter22");
  }

  @Test
  void whatIsThereIsRead() {
    Arguments all = arguments("{\"text\":\"four\",\"choice\":\"red\",\"bool\":true}");
    assertThat(all.text("text", 4)).contains("four");
    assertThat(all.choice("choice", CHOICES)).contains("red");
    assertThat(all.bool("bool")).isTrue();
    assertThat(arguments("{\"bool\":false}").bool("bool")).isFalse();
  }

  @Test
  void whatIsMissingOrNullIsNotThere() {
    for (Arguments none : List.of(Arguments.none(), arguments("{}"), arguments("{\"a\":null}"))) {
      assertThat(none.text("a", 4)).isEmpty();
      assertThat(none.choice("a", CHOICES)).isEmpty();
      assertThat(none.bool("a")).isFalse();
      assertThat(none.integer("a", 7, 1, 9)).isEqualTo(7);
    }
  }

  @Test
  void whatMakesNoSenseIsRefusedAndNotRepeated() {
    for (String value : List.of("5", "true", "[]", "{\"hunter22\":1}", "\"hunter22\"")) {
      String json = "{\"a\":" + value + "}";
      assertRefused(json, arguments -> arguments.text("a", 4));
      assertRefused(json, arguments -> arguments.choice("a", CHOICES));
      if (!value.equals("true")) {
        assertRefused(json, arguments -> arguments.bool("a"));
      }
    }
  }
}
