package io.taskauth.store.redis;

import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.password.PasswordHash;
import io.taskauth.store.redis.Accounts.Outcome;
import io.taskauth.user.EmailAddress;
import io.taskauth.user.Identity;
import io.taskauth.user.LoginKey;
import io.taskauth.user.NewUser;
import io.taskauth.user.Role;
import io.taskauth.user.StoredUser;
import io.taskauth.user.User;
import io.taskauth.user.UserChange;
import io.taskauth.user.UserStore;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Protocol;

/** The accounts; see {@link Accounts} for how they change. */
final class RedisUsers implements UserStore {
  private final Redis redis;
  private final Keys keys;
  private final Accounts accounts;
  private final UserLists lists;
  private final WaitingAdministrators waiting;

  RedisUsers(Redis redis, Keys keys, Accounts accounts) {
    this.redis = redis;
    this.keys = keys;
    this.accounts = accounts;
    this.lists = new UserLists(redis, keys, accounts);
    this.waiting = new WaitingAdministrators(redis, keys);
  }

  @Override
  public boolean anyUser() {
    Step count = Step.of(Protocol.Command.ZCARD, keys.accounts() + ":order");
    return Replies.number(redis.run("count accounts", count)) > 0;
  }

  @Override
  public boolean createFirst(NewUser user) {
    return create(user, true).equals("DONE");
  }

  @Override
  public Creation create(NewUser user) {
    String answer = create(user, false);
    return answer.equals("DONE") ? Creation.CREATED : Creation.valueOf(answer);
  }

  private String create(NewUser fresh, boolean first) {
    User user = fresh.user();
    Identity identity = fresh.identity();
    boolean waits = !new StoredUser(user.activated(), fresh.passwordHash(), 0).canSignIn();
    List<String> conditions =
        List.of(
            user.id().toString(),
            first ? "1" : "0",
            activeRole(user),
            waits ? "1" : "0",
            user.username().key().value(),
            emailKey(user),
            identity == null ? "" : identity.toString(),
            Fields.millis(user.createdAt()));
    Intent intent = Intent.create(user.id(), UserRow.created(user, fresh.passwordHash()));
    return accounts.create(new Decision(Script.COMMIT_CREATE, conditions, intent));
  }

  private static String activeRole(User user) {
    return user.active() ? user.role().name() : "";
  }

  private static String emailKey(User user) {
    EmailAddress email = user.email();
    return email == null ? "" : email.key().value();
  }

  @Override
  public Optional<User> find(UUID id) {
    return accounts.find(id).map(UserRow::user);
  }

  @Override
  public Optional<StoredUser> findByLogin(LoginKey login) {
    Optional<UUID> id = holder(login);
    Optional<UserRow> row = id.flatMap(accounts::find);
    if (id.isEmpty() || row.filter(found -> goesBy(found.user(), login)).isPresent()) {
      return row.map(UserRow::stored);
    }
    // The name was decided upon and has not come to the account, or was on its way while we looked.
    boolean unused = accounts.complete(id.get());
    return holder(login)
        .flatMap(accounts::find)
        .filter(found -> goesBy(found.user(), login))
        .map(UserRow::stored);
  }

  private Optional<UUID> holder(LoginKey login) {
    Object id = redis.run("find a name", Script.FIND_LOGIN, keys.accounts(), login.value());
    return Optional.ofNullable(Replies.textOrNull(id)).map(UUID::fromString);
  }

  private static boolean goesBy(User user, LoginKey login) {
    return user.username().key().equals(login) || emailKey(user).equals(login.value());
  }

  @Override
  public Page<User> newest(PageRequest page) {
    return lists.newest(page);
  }

  @Override
  public Page<User> startingWith(LoginKey prefix, PageRequest page) {
    return lists.startingWith(prefix, page);
  }

  @Override
  public ChangeOutcome change(UUID id, UserChange change, Role administrator) {
    Outcome outcome =
        change(id, administrator, row -> decide(row, change.applyTo(row.user()), administrator));
    UserRow before = outcome.before();
    return switch (outcome.answer()) {
      case "DONE" ->
          new ChangeOutcome.Changed(change.applyTo(Objects.requireNonNull(before).user()));
      case "LAST_ADMINISTRATOR" -> new ChangeOutcome.LastAdministrator();
      case "EMAIL_TAKEN" -> new ChangeOutcome.EmailTaken();
      default -> new ChangeOutcome.NotFound();
    };
  }

  /** Whoever is the last one is so only if nobody was overlooked. */
  private Outcome change(UUID id, Role administrator, Function<UserRow, Decision> decision) {
    Outcome outcome = accounts.change(id, decision);
    return outcome.answer().equals("LAST_ADMINISTRATOR") && waiting.lookAgain(administrator)
        ? accounts.change(id, decision)
        : outcome;
  }

  private static Decision decide(UserRow row, User after, Role administrator) {
    User before = row.user();
    boolean leaves =
        isAdministrator(before, administrator) && !isAdministrator(after, administrator);
    List<String> conditions =
        List.of(
            before.id().toString(),
            String.valueOf(row.version()),
            leaves ? administrator.name() : "",
            activeRole(before),
            activeRole(after),
            before.username().key().value(),
            emailKey(before),
            emailKey(after));
    Intent intent =
        Intent.change(
            before.id(), row.version() + 1, closing(before, after), UserRow.changed(after));
    return new Decision(Script.COMMIT_CHANGE, conditions, intent);
  }

  private static @Nullable Instant closing(User before, User after) {
    return before.active() && !after.active()
        ? Objects.requireNonNull(after.deactivatedAt())
        : null;
  }

  private static boolean isAdministrator(User user, Role administrator) {
    return user.active() && user.role().equals(administrator);
  }

  @Override
  public Deletion delete(UUID id, Role administrator) {
    String answer = change(id, administrator, row -> decideDeletion(row, administrator)).answer();
    return answer.equals("DONE") ? Deletion.DELETED : Deletion.valueOf(answer);
  }

  private static Decision decideDeletion(UserRow row, Role administrator) {
    User user = row.user();
    List<String> conditions =
        List.of(
            user.id().toString(),
            String.valueOf(row.version()),
            isAdministrator(user, administrator) ? administrator.name() : "",
            activeRole(user),
            user.username().key().value(),
            emailKey(user));
    return new Decision(
        Script.COMMIT_DELETE, conditions, Intent.delete(user.id(), row.version() + 1));
  }

  @Override
  public boolean rehash(UUID id, PasswordHash seen, PasswordHash next) {
    Object done =
        redis.run(
            "replace a password's hash",
            Script.REHASH,
            keys.account(id),
            seen.encoded(),
            next.encoded());
    return Replies.number(done) == 1;
  }
}
