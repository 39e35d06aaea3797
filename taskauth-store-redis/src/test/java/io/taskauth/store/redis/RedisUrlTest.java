package io.taskauth.store.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.taskauth.store.redis.RedisUrl.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.HostAndPort;

class RedisUrlTest {
  @Test
  void serverHasAPortALoginAndADatabase() {
    RedisUrl url = RedisUrl.parse("rediss://ada:s%40c%2Fr+t@redis.example.org:7000/3");

    assertThat(url.kind()).isEqualTo(Kind.SERVER);
    assertThat(url.tls()).isTrue();
    assertThat(url.hosts()).containsExactly(new HostAndPort("redis.example.org", 7000));
    assertThat(url.user()).isEqualTo("ada");
    assertThat(url.password()).isEqualTo("s@c/r+t");
    assertThat(url.database()).isEqualTo(3);
  }

  @Test
  void whatIsNotSaidIsAsUsual() {
    RedisUrl url = RedisUrl.parse("redis://localhost");

    assertThat(url.tls()).isFalse();
    assertThat(url.hosts()).containsExactly(new HostAndPort("localhost", 6379));
    assertThat(url.user()).isNull();
    assertThat(url.password()).isNull();
    assertThat(url.database()).isZero();
    assertThat(RedisUrl.parse("redis://:secret@[::1]:1/").password()).isEqualTo("secret");
    assertThat(RedisUrl.parse("redis://:secret@[::1]:1/").hosts())
        .containsExactly(new HostAndPort("::1", 1));
  }

  @Test
  void sentinelsNameTheirMaster() {
    RedisUrl url = RedisUrl.parse("redis+sentinel://:pw@one:1,two/my-master/2");

    assertThat(url.kind()).isEqualTo(Kind.SENTINEL);
    assertThat(url.hosts())
        .containsExactly(new HostAndPort("one", 1), new HostAndPort("two", 26379));
    assertThat(url.master()).isEqualTo("my-master");
    assertThat(url.database()).isEqualTo(2);
  }

  @Test
  void clusterHasSeveralServers() {
    RedisUrl url = RedisUrl.parse("rediss+cluster://one:1,two");

    assertThat(url.kind()).isEqualTo(Kind.CLUSTER);
    assertThat(url.tls()).isTrue();
    assertThat(url.hosts())
        .containsExactly(new HostAndPort("one", 1), new HostAndPort("two", 6379));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "http://:hunter2@localhost",
        "redis:localhost:hunter2",
        "redis://hunter2@localhost",
        "redis://:hunter2%zz@localhost",
        "redis://ada:hunter2@",
        "redis://ada:hunter2@localhost:99999",
        "redis://ada:hunter2@localhost:x",
        "redis://ada:hunter2@localhost/zero",
        "redis://ada:hunter2@localhost/0/1",
        "redis://ada:hunter2@one,two",
        "redis://ada:hun/ter2@one",
        "redis://ada:hunter2@one?timeout=1",
        "redis+sentinel://:hunter2@one:1",
        "redis+sentinel://:hunter2@one:1/master/x",
        "redis+cluster://:hunter2@one:1/1",
      })
  void whatIsWrongIsSaidWithoutThePassword(String text) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisUrl.parse(text))
        .withMessageContaining("redis+cluster://host:port")
        .withMessageNotContaining("hunter2")
        .withMessageNotContaining("ter2@")
        .withNoCause();
  }

  @Test
  void urlPrintsWithoutThePassword() {
    assertThat(RedisUrl.parse("rediss://ada:hunter2@one:7/1")).hasToString("rediss://one:7/1");
    assertThat(RedisUrl.parse("redis+sentinel://:hunter2@one,two/m"))
        .hasToString("redis+sentinel://one:26379,two:26379/m");
  }
}
