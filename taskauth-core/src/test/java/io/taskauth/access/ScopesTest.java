package io.taskauth.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a token's scopes let it do. */
class ScopesTest {
  private static Scopes scopes(String spaced) {
    return Scopes.of(words(spaced));
  }

  private static List<String> words(String spaced) {
    return Arrays.stream(spaced.split(" ")).filter(word -> !word.isEmpty()).toList();
  }

  @ParameterizedTest(name = "''{0}'' on a path that asks for ''{1}'': reads {2}, writes {3}")
  @CsvSource({
    // token, path, may read, may write
    "'read',        '',           true,  false",
    "'read drain',  '',           true,  false",
    "'read admin',  '',           true,  false",
    "'read',        'admin',      false, false",
    "'read',        'drain',      false, false",
    "'read',        'read',       true,  false",
    "'read drain',  'read',       true,  false",
    "'drain',       'admin',      false, false",
    "'drain',       'read',       false, false",
    "'admin',       'admin drain', false, false",
    "'admin',       'admin',      true,  true",
    "'admin',       '',           true,  true",
    "'drain',       '',           true,  true",
    "'drain',       'drain',      true,  true",
    "'read drain',  'drain',      true,  true",
    "'read admin',  'admin',      true,  false",
    "'admin drain', 'admin drain', true, true",
    "'',            '',           true,  true",
    "'',            'admin',      true,  true",
    "'',            'read drain', true,  true",
  })
  void requestIsAllowed(String token, String path, boolean mayRead, boolean mayWrite) {
    Set<String> required = Set.copyOf(words(path));

    assertThat(scopes(token).allow(true, required)).isEqualTo(mayRead);
    assertThat(scopes(token).allow(false, required)).isEqualTo(mayWrite);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "Read", "1st", "_x", "a b", "a,b", "a\nb", "ä", "read\u0000", "*", "a/b"})
  void nameThatBreaksTheRuleIsRefused(String name) {
    assertThat(Scopes.isName(name)).isFalse();
    assertThatThrownBy(() -> Scopes.of(List.of("read", name)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(Scopes.RULE);
  }

  @Test
  void nameHas64CharactersAtMost() {
    assertThat(Scopes.isName("a".repeat(64))).isTrue();
    assertThat(Scopes.isName("a".repeat(65))).isFalse();
    assertThat(Scopes.isName("tasks:run.now-2_x")).isTrue();
  }

  @Test
  void thereAreTwentyAtMost() {
    List<String> names = IntStream.range(0, 21).mapToObj(i -> "s" + i).toList();

    assertThatThrownBy(() -> Scopes.of(names)).isInstanceOf(IllegalArgumentException.class);
    assertThat(Scopes.of(names.subList(0, 20)).names()).hasSize(20);
  }

  @Test
  void noneMeansNoLimit() {
    assertThat(Scopes.of(List.of())).isEqualTo(Scopes.unlimited());
    assertThat(Scopes.unlimited().has("anything")).isTrue();
    assertThat(Scopes.unlimited().names()).isEmpty();
  }

  @Test
  void onlyTheNamedOnesAreThere() {
    assertThat(scopes("read").has("read")).isTrue();
    assertThat(scopes("read").has("rea")).isFalse();
    assertThat(scopes("read").has("admin")).isFalse();
  }

  @Test
  void orderAndRepetitionDoNotMatter() {
    assertThat(scopes("read drain read")).isEqualTo(scopes("drain read"));
    assertThat(scopes("read drain read")).hasSameHashCodeAs(scopes("drain read"));
    assertThat(scopes("read drain")).hasToString("drain read");
  }
}
