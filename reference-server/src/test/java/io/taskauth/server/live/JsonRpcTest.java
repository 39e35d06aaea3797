package io.taskauth.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonRpcTest {
  private final JsonRpc rpc =
      new JsonRpc(
          Map.of(
              "ping",
              params -> "pong",
              "fail",
              params -> {
                throw new IllegalStateException("the password is hunter22");
              }));

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"jsonrpc\":\"2.0\",\"method\"|-32700|null",
        "|-32700|null",
        "{}{}|-32700|null",
        "{\"jsonrpc\":\"2.0\",\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1}|-32700|null",
        "[1,2|-32700|null",
        "1|-32600|null",
        "\"ping\"|-32600|null",
        "null|-32600|null",
        "[]|-32600|null",
        "{}|-32600|null",
        "{\"method\":\"ping\",\"id\":7}|-32600|7",
        "{\"jsonrpc\":2.0,\"method\":\"ping\",\"id\":7}|-32600|7",
        "{\"jsonrpc\":\"1.0\",\"method\":\"ping\",\"id\":\"x\"}|-32600|\"x\"",
        "{\"jsonrpc\":\"2.0\",\"method\":1,\"params\":\"bar\"}|-32600|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"params\":\"bar\",\"id\":1}|-32600|1",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"params\":null,\"id\":1}|-32600|1",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":{}}|-32600|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":true}|-32600|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1.5}|-32600|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1e999999}|-32600|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"nothing\",\"id\":1}|-32601|1",
        "{\"jsonrpc\":\"2.0\",\"method\":\"\",\"id\":null}|-32601|null",
        "{\"jsonrpc\":\"2.0\",\"method\":\"fail\",\"id\":1}|-32603|1",
      })
  void whatIsWrongIsSaidByNumber(String message, int number, String id) {
    assertThat(rpc.answer(message == null ? "" : message).orElseThrow())
        .contains("\"code\":" + number)
        .endsWith("\"id\":" + id + "}")
        .doesNotContain("hunter22");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "\"a\"", "null", "-9223372036854775809", "\"\\u2028<b>\""})
  void theIdComesBackAsItWas(String id) {
    assertThat(
            rpc.answer("{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":" + id + "}").orElseThrow())
        .startsWith("{\"jsonrpc\":\"2.0\",\"result\":\"pong\",\"id\":");
  }

  @Test
  void notificationsGetNoAnswerWhateverComesOfThem() {
    assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}")).isEmpty();
    assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"method\":\"nothing\"}")).isEmpty();
    assertThat(rpc.answer("{\"jsonrpc\":\"2.0\",\"method\":\"fail\"}")).isEmpty();
    assertThat(rpc.answer("[{\"jsonrpc\":\"2.0\",\"method\":\"ping\"}]")).isEmpty();
  }

  @Test
  void aBatchIsAnsweredByAList() {
    String batch =
        "[{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1},"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"ping\"},3,"
            + "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":2}]";
    assertThat(rpc.answer(batch).orElseThrow())
        .startsWith("[{\"jsonrpc\":\"2.0\",\"result\":\"pong\",\"id\":1},")
        .contains("-32600")
        .endsWith("{\"jsonrpc\":\"2.0\",\"result\":\"pong\",\"id\":2}]");
  }

  @Test
  void aBatchHasAnEnd() {
    String one = "{\"jsonrpc\":\"2.0\",\"method\":\"ping\",\"id\":1},";
    String batch = "[" + one.repeat(50) + one.substring(0, one.length() - 1) + "]";
    assertThat(rpc.answer(batch).orElseThrow()).startsWith("{").contains("-32600");
  }

  @Test
  void depthHasAnEnd() {
    assertThat(rpc.answer("[".repeat(30_000)).orElseThrow()).contains("-32700");
  }
}
