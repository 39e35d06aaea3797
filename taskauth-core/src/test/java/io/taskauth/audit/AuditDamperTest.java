package io.taskauth.audit;

import static io.taskauth.audit.AuditDamper.IN_ALL;
import static io.taskauth.audit.AuditDamper.PER_ADDRESS;
import static io.taskauth.audit.AuditType.CSRF_REJECTED;
import static io.taskauth.audit.AuditType.LOGIN_FAILURE;
import static io.taskauth.audit.AuditType.TOKEN_AUTH_FAILURE;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.Race;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A flood from outside is recorded so many times a minute, and counted beyond. */
class AuditDamperTest {
  private static final String HERE = "192.0.2.1";
  private static final OptionalInt LEFT_OUT = OptionalInt.empty();
  private static final OptionalInt RECORDED = OptionalInt.of(0);

  private final AuditDamper damper = new AuditDamper();
  private Instant now = Events.NOW;

  private OptionalInt admit(AuditType type, String ip) {
    return damper.admit(type, ip, null, now);
  }

  @Test
  void userWhoDoesTheSameAllDayIsLeftOutAfterAWhileAndNobodyElseIs() {
    UUID ada = UUID.randomUUID();
    for (int i = 0; i < AuditDamper.PER_USER; i++) {
      assertThat(damper.admit(AuditType.LOGOUT, HERE, ada, now)).isEqualTo(RECORDED);
    }

    assertThat(damper.admit(AuditType.LOGOUT, HERE, ada, now)).isEqualTo(LEFT_OUT);
    assertThat(damper.admit(AuditType.LOGOUT, HERE, UUID.randomUUID(), now)).isEqualTo(RECORDED);
    assertThat(damper.admit(AuditType.USER_CREATED, HERE, ada, now)).isEqualTo(RECORDED);
    nextMinute();
    assertThat(damper.admit(AuditType.LOGOUT, HERE, ada, now)).isEqualTo(OptionalInt.of(1));
  }

  private void flood(AuditType type, String ip, int times) {
    for (int i = 0; i < times; i++) {
      admit(type, ip);
    }
  }

  /** Events of so many addresses, each below the limit of one. */
  private void floodFromEverywhere(AuditType type, int times) {
    for (int i = 0; i < times; i++) {
      admit(type, "198.51." + i / 200 + "." + i % 200);
    }
  }

  private void nextMinute() {
    now = now.plus(Duration.ofMinutes(1));
  }

  @Test
  void sixtyOfOneKindFromOneAddressAreRecordedInAMinute() {
    for (int i = 0; i < PER_ADDRESS; i++) {
      assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(RECORDED);
    }

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(LEFT_OUT);
    now = now.plusSeconds(60).minusMillis(1);
    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(LEFT_OUT);
    assertThat(admit(TOKEN_AUTH_FAILURE, "192.0.2.2")).isEqualTo(RECORDED);
    assertThat(admit(CSRF_REJECTED, HERE)).isEqualTo(RECORDED);
  }

  @Test
  void firstOneOfTheNextMinuteSaysHowManyWereLeftOut() {
    flood(TOKEN_AUTH_FAILURE, HERE, PER_ADDRESS + 7);
    nextMinute();

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).hasValue(7);
    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(RECORDED);
  }

  @Test
  void whatWasSaidOnceIsNotSaidAgain() {
    flood(TOKEN_AUTH_FAILURE, HERE, PER_ADDRESS + 7);
    nextMinute();
    admit(TOKEN_AUTH_FAILURE, HERE);
    nextMinute();

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(RECORDED);
  }

  @Test
  void eachMinuteSaysWhatTheOneBeforeLeftOut() {
    for (int minute = 1; minute <= 3; minute++) {
      flood(TOKEN_AUTH_FAILURE, HERE, PER_ADDRESS + minute - 1);
      assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(LEFT_OUT);
      nextMinute();

      assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).hasValue(minute);
      nextMinute();
    }
  }

  @Test
  void minuteThatLeavesNothingOutSaysNothing() {
    flood(TOKEN_AUTH_FAILURE, HERE, PER_ADDRESS);
    nextMinute();

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(RECORDED);
  }

  @Test
  void manyAddressesTogetherAreLimitedToo() {
    floodFromEverywhere(TOKEN_AUTH_FAILURE, IN_ALL);

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(LEFT_OUT);
    assertThat(admit(CSRF_REJECTED, HERE)).isEqualTo(RECORDED);

    nextMinute();
    assertThat(admit(TOKEN_AUTH_FAILURE, "192.0.2.9")).hasValue(1);
  }

  @Test
  void countOfAnAddressIsNotLostWhereTheTotalLeavesItsNextEventOut() {
    flood(TOKEN_AUTH_FAILURE, HERE, PER_ADDRESS + 7);
    nextMinute();
    floodFromEverywhere(TOKEN_AUTH_FAILURE, IN_ALL);
    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).isEqualTo(LEFT_OUT);
    nextMinute();

    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).hasValue(8);
  }

  @Test
  void oneAddressDoesNotUseUpWhatAllMayTake() {
    flood(TOKEN_AUTH_FAILURE, HERE, 10 * IN_ALL);

    assertThat(admit(TOKEN_AUTH_FAILURE, "192.0.2.2")).isEqualTo(RECORDED);
  }

  @Test
  void failedSignInsAreLimitedInAllOnly() {
    for (int i = 0; i < IN_ALL; i++) {
      assertThat(admit(LOGIN_FAILURE, HERE)).isEqualTo(RECORDED);
    }

    assertThat(admit(LOGIN_FAILURE, "192.0.2.2")).isEqualTo(LEFT_OUT);
  }

  @Test
  void addressesOfOneNetworkOfIpv6CountTogether() {
    for (int i = 0; i < PER_ADDRESS; i++) {
      admit(TOKEN_AUTH_FAILURE, "2001:db8:1:" + Integer.toHexString(i) + "::" + i);
    }

    assertThat(admit(TOKEN_AUTH_FAILURE, "2001:DB8:1:ff:ffff::1")).isEqualTo(LEFT_OUT);
    assertThat(admit(TOKEN_AUTH_FAILURE, "2001:db8:1:100::1")).isEqualTo(RECORDED);
  }

  @Test
  void unknownAddressesCountTogether() {
    flood(TOKEN_AUTH_FAILURE, null, PER_ADDRESS / 2);
    flood(TOKEN_AUTH_FAILURE, "unix:/run/socket", PER_ADDRESS / 2);

    assertThat(admit(TOKEN_AUTH_FAILURE, null)).isEqualTo(LEFT_OUT);
  }

  @ParameterizedTest
  @EnumSource(
      names = {
        "LOGIN_SUCCESS",
        "LOGOUT",
        "SETUP",
        "SESSION_REVOKED",
        "PASSWORD_CHANGED",
        "PASSWORD_CHANGE_REFUSED",
        "PASSWORD_RESET_REQUESTED",
        "PASSWORD_RESET",
        "USER_CREATED",
        "USER_UPDATED",
        "USER_DEACTIVATED",
        "USER_ACTIVATED",
        "USER_DELETED",
        "TOKEN_CREATED",
        "TOKEN_REVOKED",
        "TOKEN_FIRST_USE_NEW_IP"
      })
  void whatOnlyUsersCanCauseIsAlwaysRecorded(AuditType type) {
    for (int i = 0; i < 2 * IN_ALL; i++) {
      assertThat(admit(type, HERE)).isEqualTo(RECORDED);
    }
  }

  @Test
  void limitHoldsHoweverManyComeAtOnce() throws Exception {
    AtomicInteger recorded = new AtomicInteger();

    List<Boolean> done =
        Race.of(
            16,
            () -> {
              for (int i = 0; i < 50; i++) {
                recorded.addAndGet(admit(TOKEN_AUTH_FAILURE, HERE).isPresent() ? 1 : 0);
              }
              return true;
            });

    assertThat(done).hasSize(16);
    assertThat(recorded).hasValue(PER_ADDRESS);
    nextMinute();
    assertThat(admit(TOKEN_AUTH_FAILURE, HERE)).hasValue(16 * 50 - PER_ADDRESS);
  }
}
