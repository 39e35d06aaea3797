package io.taskauth;

import static io.taskauth.Fixture.HERE;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.User;

/** Identities that an administrator lets sign in to an account, and no longer. */
final class ProviderLinks {
  private ProviderLinks() {}

  static void link(TaskAuth auth, User by, User account, String slot, String subject) {
    assertThat(
            auth.identityAdministration()
                .orElseThrow()
                .link(by, account, new Identity(slot, subject), HERE))
        .isEqualTo(Linking.LINKED);
  }

  static void unlink(TaskAuth auth, User by, User account, String slot, String subject) {
    assertThat(
            auth.identityAdministration()
                .orElseThrow()
                .unlink(by, account, new Identity(slot, subject), HERE))
        .isEqualTo(Unlinking.UNLINKED);
  }
}
