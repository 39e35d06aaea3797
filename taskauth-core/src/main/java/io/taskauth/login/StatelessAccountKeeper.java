package io.taskauth.login;

import io.taskauth.internal.Ids;
import io.taskauth.internal.Text;
import io.taskauth.login.LoginSource.Answer;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Origin;
import io.taskauth.user.Role;
import io.taskauth.user.User;
import io.taskauth.user.Username;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Where there is no store: the account's id follows from who vouches and the name. */
final class StatelessAccountKeeper implements AccountKeeper {
  private final Role lowest;

  StatelessAccountKeeper(Role lowest) {
    this.lowest = lowest;
  }

  @Override
  public Answer vouchedFor(
      Origin origin,
      Username username,
      @Nullable Role role,
      @Nullable EmailAddress email,
      @Nullable String displayName) {
    User user =
        User.created(
                Ids.uuidOf(origin + "/" + username.key()),
                username,
                role == null ? lowest : role,
                origin,
                Instant.EPOCH)
            .withEmail(email)
            .withDisplayName(Text.tame(displayName, 128));
    return new Answer.Yes(user, 0);
  }
}
