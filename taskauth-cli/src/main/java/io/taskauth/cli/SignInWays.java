package io.taskauth.cli;

import java.util.List;

/** How one can sign in at a server. */
record SignInWays(boolean passwords, boolean providers) {
  /**
   * @throws Failure where nobody can sign in there at all
   */
  static SignInWays ask(Api api) {
    JsonObject status = status(api);
    boolean enabled = status.flag("auth_enabled").orElseThrow(api::stranger);
    if (!enabled) {
      throw new Failure(api.server() + " asks nobody to sign in; there is nothing to do");
    }
    boolean passwords = status.flag("password_enabled").orElse(true);
    // Without passwords the first one comes from an identity provider, as everybody else.
    if (passwords && status.flag("setup_required").orElse(false)) {
      throw new Failure(
          "This server has no users yet. Make the first one in a browser: "
              + api.server().at("/auth/setup"));
    }
    JsonObject providers = api.get("/api/auth/providers");
    SignInWays ways =
        new SignInWays(passwords, !providers.objects("providers").orElse(List.of()).isEmpty());
    if (!ways.passwords && !ways.providers) {
      throw new Failure("nobody can sign in to " + api.server() + " at the moment");
    }
    return ways;
  }

  /** Everybody may ask for it: where not, this is another path of the server than taskauth's. */
  private static JsonObject status(Api api) {
    try {
      return api.get("/api/auth/status");
    } catch (Refused refused) {
      if (refused.status() == 401 || refused.status() == 404) {
        throw api.stranger();
      }
      throw refused;
    }
  }
}
