package io.taskauth.servlet.endpoint;

import io.taskauth.admin.IdentityAdministration;
import io.taskauth.internal.Hashes;
import io.taskauth.provider.IdentityProvider;
import io.taskauth.servlet.http.ErrorCode;
import io.taskauth.servlet.http.Exchange;
import io.taskauth.servlet.http.Problem;
import io.taskauth.user.Identity;
import io.taskauth.user.IdentityStore.Linking;
import io.taskauth.user.IdentityStore.Unlinking;
import io.taskauth.user.LinkedIdentity;
import io.taskauth.user.User;
import java.util.List;
import java.util.stream.Collectors;

/** Which identities sign in to an account, the same for forms and JSON. */
final class IdentityWork {
  static final int SUBJECT_LENGTH = 255;

  private IdentityWork() {}

  private static IdentityAdministration identities(Exchange exchange) {
    return exchange.auth().identityAdministration().orElseThrow(AccountWork::noStore);
  }

  static List<LinkedIdentity> of(Exchange exchange, User account) {
    return identities(exchange).of(account.id());
  }

  /** What an identity is called in addresses: a subject may hold what no path can. */
  static String id(Identity identity) {
    return Hashes.sha256Hex(identity.toString()).substring(0, 32);
  }

  /** What the provider of a slot is called; the slot where it is configured no more. */
  static String label(Exchange exchange, String slot) {
    return exchange
        .auth()
        .identityProviders()
        .flatMap(providers -> providers.find(slot))
        .map(IdentityProvider::label)
        .orElse(slot);
  }

  /**
   * @throws Problem with 400, 404 or 409
   */
  static Identity link(Exchange exchange, User by, User account, String slot, String subject) {
    String known = subject.strip();
    if (!slots(exchange).contains(slot)) {
      throw Problem.field(
          "slot", "must be one of: " + slots(exchange).stream().collect(Collectors.joining(", ")));
    }
    if (!Identity.isSubject(known)) {
      throw Problem.field("subject", "must be 1 to 255 visible ASCII characters.")
          .told("The subject is 1 to 255 characters long and has no blanks.");
    }
    Identity identity = new Identity(slot, known);
    Linking outcome = identities(exchange).link(by, account, identity, exchange.client());
    return switch (outcome) {
      case LINKED -> identity;
      case TAKEN ->
          throw Problem.of(
              ErrorCode.CONFLICT,
              "This identity signs in to an account already. Take it off there first, or delete"
                  + " that account.");
      case NO_USER -> throw Routes.nothingHere();
    };
  }

  private static List<String> slots(Exchange exchange) {
    return ProviderChoice.all(exchange).stream().map(ProviderChoice::slot).toList();
  }

  /**
   * @param id as {@link #id} made it
   * @throws Problem with 404 or 409
   */
  static void unlink(Exchange exchange, User by, User account, String id) {
    Identity identity =
        of(exchange, account).stream()
            .map(LinkedIdentity::identity)
            .filter(linked -> id(linked).equals(id))
            .findFirst()
            .orElseThrow(IdentityWork::notLinked);
    Unlinking outcome = identities(exchange).unlink(by, account, identity, exchange.client());
    if (outcome == Unlinking.ONLY_WAY_IN) {
      throw Problem.of(
          ErrorCode.CONFLICT,
          "Nobody could sign in to this account any more. Link another identity first, or"
              + " deactivate the account.");
    }
    if (outcome == Unlinking.NOT_FOUND) {
      throw notLinked();
    }
  }

  private static Problem notLinked() {
    return Problem.of(ErrorCode.NOT_FOUND, "This account has no such identity.");
  }
}
