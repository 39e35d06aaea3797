package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.ADMIN;
import static io.taskauth.testkit.Samples.NOW;
import static io.taskauth.testkit.Samples.admin;
import static io.taskauth.testkit.Samples.hashOf;
import static io.taskauth.testkit.Samples.token;
import static io.taskauth.testkit.Samples.viewer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.AccessToken;
import io.taskauth.accesstoken.AccessTokenStore.StoredToken;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.page.BadCursorException;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.session.Session;
import io.taskauth.user.User;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The list of everybody's access tokens. */
interface AccessTokenListContract extends TokenSteps {
  private List<AccessToken> list(int limit) {
    return Paging.walk(tokens()::newest, limit).stream().map(StoredToken::token).toList();
  }

  private List<AccessToken> createMany(User user, int count) {
    Session session = open(user, NOW);
    return IntStream.range(0, count).mapToObj(i -> create(token(user), session)).toList();
  }

  private static List<AccessToken> reversed(List<AccessToken> tokens) {
    List<AccessToken> copy = new ArrayList<>(tokens);
    Collections.reverse(copy);
    return copy;
  }

  @Test
  default void listOfNoTokensIsOneEmptyPage() {
    createToken(create(viewer("ada")));
    tokens().revoke(list(10).get(0).id(), null, NOW);

    assertThat(tokens().newest(PageRequest.first(10)))
        .isEqualTo(new Page<StoredToken>(List.of(), null));
  }

  @Test
  default void everybodysTokensAreListedNewestFirstWithTheirOwners() {
    User ada = create(viewer("ada", "ada@example.org")).withLastLoginAt(NOW);
    User eve = create(viewer("eve")).withLastLoginAt(NOW);
    AccessToken one = createToken(ada);
    AccessToken two = createToken(eve);
    AccessToken ended =
        create(
            AccessToken.created(
                TokenId.random(Samples.IDS),
                ada.id(),
                "ended",
                Scopes.of(List.of("read")),
                NOW,
                Expiry.at(NOW.minusSeconds(1))),
            open(ada, NOW));

    assertThat(tokens().newest(PageRequest.first(10)).items())
        .containsExactly(
            new StoredToken(ended, hashOf(ended), ada),
            new StoredToken(two, hashOf(two), eve),
            new StoredToken(one, hashOf(one), ada));
  }

  @Test
  default void revokedTokensAreSkippedHoweverManyThereAre() {
    List<AccessToken> all = createMany(create(viewer("ada")), 40);
    List<AccessToken> revoked = new ArrayList<>(all.subList(0, 3));
    revoked.addAll(all.subList(5, 37));
    revoked.forEach(token -> tokens().revoke(token.id(), null, NOW));

    List<AccessToken> left = reversed(all);
    left.removeAll(revoked);
    assertThat(left).hasSize(5);
    for (int limit : List.of(1, 2, 4, 5, 6)) {
      assertThat(list(limit)).as("pages of %s", limit).isEqualTo(left);
    }
    assertThat(tokens().newest(PageRequest.first(5)).next()).isEmpty();
    assertThat(tokens().newest(PageRequest.first(4)).next()).isPresent();
  }

  @Test
  default void eachTokenIsVisitedOnceWhileOthersComeAndGo() {
    create(admin("root"));
    User ada = create(viewer("ada"));
    User eve = create(viewer("eve"));
    List<AccessToken> adas = createMany(ada, 12);
    createMany(eve, 4);
    List<AccessToken> more = createMany(ada, 4);
    Session session = open(ada, NOW);
    Iterator<Runnable> events =
        List.<Runnable>of(
                // The one that the cursor names.
                () -> tokens().revoke(more.get(2).id(), null, NOW),
                () -> tokens().revoke(adas.get(3).id(), null, NOW),
                () -> store().users().delete(eve.id(), ADMIN),
                () -> tokens().sweep(NOW.plusSeconds(1), 100))
            .iterator();

    List<AccessToken> visited =
        Paging.walk(
                tokens()::newest,
                2,
                () -> {
                  create(token(ada), session);
                  if (events.hasNext()) {
                    events.next().run();
                  }
                })
            .stream()
            .map(StoredToken::token)
            .toList();

    List<AccessToken> staying = new ArrayList<>(reversed(more));
    staying.addAll(reversed(adas));
    staying.remove(adas.get(3));
    assertThat(visited).containsSubsequence(staying).doesNotContain(adas.get(3));
    assertThat(new HashSet<>(visited)).hasSameSizeAs(visited);
  }

  @Test
  default void cursorThatNoPageOfTokensHasGivenIsRefused() {
    createToken(create(viewer("ada")));

    for (String cursor : Paging.BAD_CURSORS) {
      assertThatThrownBy(() -> tokens().newest(new PageRequest(10, cursor)))
          .as(cursor)
          .isInstanceOf(BadCursorException.class);
    }
  }
}
