package io.taskauth.testkit;

import static io.taskauth.testkit.Samples.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.access.Scopes;
import io.taskauth.accesstoken.Expiry;
import io.taskauth.accesstoken.TokenId;
import io.taskauth.internal.Hashes;
import io.taskauth.service.ServiceAccount;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.service.ServiceAccountStore.Creation;
import io.taskauth.service.ServiceAccountStore.Rotation;
import io.taskauth.service.ServiceName;
import io.taskauth.service.ServiceSecret;
import java.time.Instant;
import java.util.List;

/** First steps that tests of service accounts share. */
interface ServiceSteps extends StoreContract {
  /** As many accounts as any test may make. */
  int ROOM = 1000;

  /** Until when the token that was replaced is good. */
  Instant OVERLAP_END = NOW.plusSeconds(3600).plusMillis(456);

  default ServiceAccountStore services() {
    return store().services();
  }

  /** An account that was never used and has had one token. */
  default ServiceAccount service(String name) {
    return new ServiceAccount(
        Samples.IDS.uuidV7(),
        new ServiceName(name),
        Scopes.of(List.of("jobs:run", "read")),
        NOW,
        "ada",
        Expiry.at(Instant.parse("2027-03-01T00:00:00Z")),
        secretMadeAt(NOW),
        null,
        null);
  }

  default ServiceSecret secretMadeAt(Instant when) {
    TokenId id = TokenId.random(Samples.IDS);
    return new ServiceSecret(id, Hashes.sha256Hex(id.value()), when);
  }

  default ServiceSecret freshSecret() {
    return secretMadeAt(NOW.plusSeconds(60).plusMillis(7));
  }

  /** The account, kept. */
  default ServiceAccount create(ServiceAccount account) {
    assertThat(services().create(account, ROOM)).isEqualTo(Creation.CREATED);
    return account;
  }

  default ServiceAccount createService(String name) {
    return create(service(name));
  }

  /** Gives the account, as it was read, another token. */
  default Rotation rotate(ServiceAccount read, ServiceSecret next) {
    return services().rotate(read.id(), read.secret().id(), next, OVERLAP_END);
  }

  default ServiceAccount stored(ServiceAccount account) {
    return services().find(account.id()).orElseThrow();
  }
}
