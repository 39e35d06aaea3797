package io.taskauth.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What is many is taken a few hundred at a time, and what was taken stays taken. */
class SlicesTest {
  private static Map<Integer, String> numbers(int count) {
    Map<Integer, String> numbers = new ConcurrentHashMap<>();
    IntStream.range(0, count).forEach(i -> numbers.put(i, "n" + i));
    return numbers;
  }

  @Test
  void everythingIsHandedOverOnceAndNeverTooMuch() {
    for (int count : new int[] {0, 1, Slices.SIZE, Slices.SIZE + 1, 3 * Slices.SIZE - 1}) {
      Map<Integer, String> all = numbers(count);
      Map<Integer, String> taken = new HashMap<>();
      List<Integer> sizes = new ArrayList<>();

      Slices.of(
          all,
          slice -> {
            sizes.add(slice.size());
            slice.forEach((key, value) -> assertThat(taken.put(key, value)).isNull());
            slice.forEach(all::remove);
          });

      assertThat(taken).isEqualTo(numbers(count));
      assertThat(all).isEmpty();
      assertThat(sizes).allMatch(size -> size > 0 && size <= Slices.SIZE);
    }
  }

  @Test
  void whatFailedIsLeftAndWhatWasDoneIsNot() {
    Map<Integer, String> all = numbers(3 * Slices.SIZE);
    List<Integer> done = new ArrayList<>();

    assertThatThrownBy(
            () ->
                Slices.of(
                    all,
                    slice -> {
                      if (!done.isEmpty()) {
                        throw new IllegalStateException("out");
                      }
                      done.addAll(slice.keySet());
                      slice.forEach(all::remove);
                    }))
        .isInstanceOf(IllegalStateException.class);

    assertThat(all).hasSize(2 * Slices.SIZE).doesNotContainKeys(done.toArray(Integer[]::new));
  }
}
