package io.taskauth.token;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Good tokens with small damages, the same ones at each run. */
class MutatedTokensTest {
  private static final int MUTATIONS = 20_000;
  private static final String CHARACTERS = "AZaz09-_.=+/ \u0000é{}\"";

  private final Random random = new Random(20260301);
  private final SignedTokens tokens =
      new SignedTokens(
          Forge.keys(Forge.KEY, Forge.OTHER), "taskauth", () -> Instant.ofEpochSecond(Forge.NOW));

  @Test
  void noDamagedTokenIsValidAndNoneThrows() {
    List<String> good = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      good.add(
          tokens.sign(
              new TokenClaims(
                  TokenType.SESSION,
                  "subject" + i,
                  "id" + "x".repeat(i),
                  Instant.ofEpochSecond(Forge.NOW),
                  Instant.ofEpochSecond(Forge.NOW + 60),
                  i % 2 == 0 ? Map.of() : Map.of("username", "ada" + i))));
    }

    for (int i = 0; i < MUTATIONS; i++) {
      String original = good.get(random.nextInt(good.size()));
      String damaged = mutate(original, good);
      TokenCheck check = tokens.check(damaged, TokenType.SESSION);

      assertThat(check instanceof TokenCheck.Valid)
          .as("mutation %s: %s", i, damaged)
          .isEqualTo(good.contains(damaged));
    }
  }

  private String mutate(String token, List<String> others) {
    StringBuilder text = new StringBuilder(token);
    for (int n = 1 + random.nextInt(3); n > 0 && text.length() > 1; n--) {
      int at = random.nextInt(text.length());
      char c = CHARACTERS.charAt(random.nextInt(CHARACTERS.length()));
      switch (random.nextInt(7)) {
        case 0 -> text.setCharAt(at, c);
        case 1 -> text.setCharAt(at, (char) (text.charAt(at) ^ (1 << random.nextInt(7))));
        case 2 -> text.insert(at, c);
        case 3 -> text.deleteCharAt(at);
        case 4 -> text.setLength(at + 1);
        case 5 -> text.insert(at, text.substring(random.nextInt(at + 1), at));
        default -> {
          String[] other = others.get(random.nextInt(others.size())).split("\\.");
          String[] own = text.toString().split("\\.");
          int part = random.nextInt(3);
          if (own.length == 3) {
            own[part] = other[part];
            text = new StringBuilder(String.join(".", own));
          }
        }
      }
    }
    return text.toString();
  }
}
