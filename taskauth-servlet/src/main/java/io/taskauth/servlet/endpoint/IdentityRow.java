package io.taskauth.servlet.endpoint;

import io.taskauth.servlet.http.Exchange;
import io.taskauth.user.LinkedIdentity;

/**
 * An identity as an account's page shows it.
 *
 * @param provider what its provider is called
 */
public record IdentityRow(String id, String provider, String subject, Moment linked) {
  static IdentityRow of(Exchange exchange, LinkedIdentity linked) {
    return new IdentityRow(
        IdentityWork.id(linked.identity()),
        IdentityWork.label(exchange, linked.identity().slot()),
        linked.identity().subject(),
        Moment.of(linked.linkedAt(), Times.day(linked.linkedAt())));
  }
}
