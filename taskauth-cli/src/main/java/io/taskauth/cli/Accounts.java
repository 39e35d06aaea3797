package io.taskauth.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The accounts of a server, for an administrator. */
final class Accounts {
  private static final String PATH = "/api/auth/users";

  private final Api api;

  Accounts(Api api) {
    this.api = api;
  }

  List<JsonObject> all(Optional<String> beginning) {
    return api.list(PATH, beginning);
  }

  JsonObject create(JsonObject account) {
    return api.post(PATH, account);
  }

  /**
   * @param user an id, a user name or an e-mail address
   * @throws Failure where there is no such account
   */
  Account find(String user) {
    return byId(user)
        .or(() -> byName(user))
        .map(found -> new Account(api, found))
        .orElseThrow(() -> new Failure("there is no user " + user));
  }

  private Optional<JsonObject> byId(String user) {
    try {
      // Also keeps anything that could lead to another path out of it.
      return Optional.of(api.get(PATH + "/" + UUID.fromString(user)));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    } catch (Refused e) {
      if (e.status() == 404) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private Optional<JsonObject> byName(String user) {
    return all(Optional.of(user)).stream()
        .filter(found -> is(found, "username", user) || is(found, "email", user))
        .findFirst();
  }

  private static boolean is(JsonObject found, String member, String user) {
    return found.text(member).filter(user::equalsIgnoreCase).isPresent();
  }

  /** One account, addressed by its id from here on. */
  static final class Account {
    private final Api api;
    private final JsonObject data;

    Account(Api api, JsonObject data) {
      this.api = api;
      this.data = data;
    }

    String name() {
      return data.text("username").orElseThrow(api::stranger);
    }

    void change(JsonObject patch) {
      api.patch(path(), patch);
    }

    JsonObject order(String what, JsonObject body) {
      return api.post(path() + "/" + what, body);
    }

    void delete() {
      api.delete(path());
    }

    private String path() {
      return PATH + "/" + Api.encoded(data.text("id").orElseThrow(api::stranger));
    }
  }
}
