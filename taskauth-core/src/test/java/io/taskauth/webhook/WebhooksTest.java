package io.taskauth.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.TaskAuth;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditType;
import io.taskauth.page.PageRequest;
import io.taskauth.password.Argon2Parameters;
import io.taskauth.session.ClientInfo;
import io.taskauth.store.InMemoryAuthStore;
import io.taskauth.store.SettingStore.Setting;
import io.taskauth.webhook.Delivery.Status;
import io.taskauth.webhook.Webhook.Draft;
import io.taskauth.webhook.Webhooks.Outcome;
import io.taskauth.work.Claim;
import io.taskauth.work.NewWork;
import io.taskauth.work.WorkFilter;
import io.taskauth.work.WorkStatus;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Subscriptions, deliveries and their record, with real receivers on the loopback. */
class WebhooksTest {
  private static final String SECRET = "first-0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final String NEXT_SECRET = "second-0123456789-abcdefghijklmnopqrstuvwxyz";
  private static final ClientInfo HERE = new ClientInfo("192.0.2.1", "test");

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-03-01T12:00:00.250Z"));
  private final InMemoryAuthStore store = new InMemoryAuthStore();
  private final List<AutoCloseable> open = new ArrayList<>();
  private final TaskAuth auth = node(true, SECRET);
  private final Webhooks webhooks = auth.webhooks().orElseThrow();

  private TaskAuth node(boolean allowPrivate, String... secrets) {
    TaskAuth made =
        TaskAuth.builder()
            .store(store)
            .clock(now::get)
            .secretKeys(secrets)
            .argon2(new Argon2Parameters(8, 1, 1))
            .webhooks(HttpWebhookSender.create(allowPrivate), "task.failed", "task.succeeded")
            .build();
    open.add(made);
    return made;
  }

  @AfterEach
  void closeAll() throws Exception {
    for (AutoCloseable one : open) {
      one.close();
    }
  }

  /** Answers with one status after the other, and with 200 once there are none left. */
  private Receiver receiver(Integer... statuses) throws IOException {
    Queue<Integer> left = new ConcurrentLinkedQueue<>(List.of(statuses));
    List<Receiver> self = new ArrayList<>();
    Receiver receiver =
        Receiver.that(
            (in, out) -> {
              self.get(0).requests.add(Receiver.request(in));
              Integer status = left.poll();
              String body = "got it";
              out.write(
                  ("HTTP/1.1 "
                          + (status == null ? 200 : status)
                          + " X\r\nContent-Length: "
                          + body.length()
                          + "\r\n\r\n"
                          + body)
                      .getBytes(UTF_8));
              out.flush();
            });
    self.add(receiver);
    open.add(receiver);
    return receiver;
  }

  /** Not for all events: making a subscription is one, too. */
  private static Draft to(Receiver receiver) {
    return with(Draft.to(receiver.url("127.0.0.1", "/hook")), Set.of("task.*"), Set.of(), true);
  }

  private Outcome.Made made(Draft draft) {
    Outcome outcome = webhooks.create(null, draft, HERE);
    assertThat(outcome).isInstanceOf(Outcome.Made.class);
    return (Outcome.Made) outcome;
  }

  private WebhookEvent event(String type, String task) {
    return new WebhookEvent(
        auth.ids().uuidV7(), type, now.get(), task, Map.of("run_id", "ü", "task", "" + task));
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(2_000_000);
    }
  }

  private Delivery only(Webhook webhook) {
    List<Delivery> all = webhooks.deliveries(webhook.id(), null, null, 10, 0).items();
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  private Delivery.Detail settled(Webhook webhook, UUID id, Status status) {
    await(
        status.code(),
        () -> webhooks.delivery(webhook.id(), id).orElseThrow().delivery().status() == status);
    return webhooks.delivery(webhook.id(), id).orElseThrow();
  }

  private static String header(String request, String name) {
    return request
        .lines()
        .filter(line -> line.toLowerCase(java.util.Locale.ROOT).startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }

  private static String body(String request) {
    return request.substring(request.indexOf("\r\n\r\n") + 4);
  }

  @Test
  void eventGoesToWhoeverSubscribedToItSignedWithTheirSecret() throws Exception {
    Receiver receiver = receiver();
    Outcome.Made made = made(to(receiver));
    WebhookEvent event = event("task.failed", "sweep");

    webhooks.publish(event);

    Delivery.Detail detail =
        settled(
            made.webhook(), Deliveries.deliveryId(event, made.webhook().id()), Status.DELIVERED);
    String request = receiver.requests.get(0);
    String id = header(request, "webhook-id");
    Instant at = Instant.ofEpochSecond(Long.parseLong(header(request, "webhook-timestamp")));
    assertThat(id).isEqualTo(detail.messageId());
    assertThat(header(request, "webhook-signature"))
        .isEqualTo(
            WebhookSignature.sign(
                id, at, detail.payload().getBytes(UTF_8), List.of(made.secret())));
    assertThat(detail.payload())
        .startsWith("{\"type\":\"task.failed\",\"timestamp\":\"2026-03-01T12:00:00.250Z\",\"data\"")
        .contains("ü");
    assertThat(body(request).length()).isEqualTo(detail.payload().getBytes(UTF_8).length);
    assertThat(detail.delivery().responseStatus()).isEqualTo(200);
    assertThat(detail.responseBody()).isEqualTo("got it");
    assertThat(detail.delivery().attempts()).isEqualTo(1);
    assertThat(webhooks.pending()).hasValue(0);
  }

  @Test
  void onlyWhatWasAskedForIsQueued() throws Exception {
    Receiver receiver = receiver();
    Webhook some = made(with(to(receiver), Set.of("task.failed"), Set.of("sweep"), true)).webhook();
    Webhook group = made(with(to(receiver), Set.of("auth.*"), Set.of(), true)).webhook();
    Webhook off = made(with(to(receiver), Set.of(), Set.of(), false)).webhook();

    webhooks.publish(event("task.failed", "sweep"));
    webhooks.publish(event("task.failed", "other"));
    webhooks.publish(event("task.succeeded", "sweep"));
    webhooks.publish(event("auth.login_failure", null));

    assertThat(webhooks.deliveries(some.id(), null, null, 10, 0).items())
        .extracting(Delivery::event)
        .containsExactly("task.failed");
    assertThat(webhooks.deliveries(group.id(), null, "auth.login_failure", 10, 0).items())
        .hasSize(1);
    assertThat(webhooks.deliveries(group.id(), null, null, 10, 0).items())
        .extracting(Delivery::event)
        .allMatch(type -> type.startsWith("auth."));
    assertThat(webhooks.deliveries(off.id(), null, null, 10, 0).total()).isZero();
  }

  private static Draft with(Draft draft, Set<String> events, Set<String> tasks, boolean enabled) {
    return new Draft(
        draft.url(),
        events,
        tasks,
        draft.headers(),
        draft.maxRetries(),
        draft.timeout(),
        draft.retryBackoff(),
        enabled,
        draft.description());
  }

  private static Draft withHeaders(Draft draft, Map<String, String> headers) {
    return new Draft(
        draft.url(),
        draft.events(),
        draft.taskFilter(),
        headers,
        draft.maxRetries(),
        draft.timeout(),
        draft.retryBackoff(),
        draft.enabled(),
        draft.description());
  }

  @Test
  void eventThatIsPublishedAgainIsNotSentAgain() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook = made(to(receiver)).webhook();
    WebhookEvent event = event("task.failed", "sweep");

    webhooks.publish(event);
    webhooks.publish(event);

    assertThat(only(webhook).event()).isEqualTo("task.failed");
  }

  @Test
  void whatFailsOnTheReceiversSideIsTriedAgainWithGrowingPausesUntilItIsDead() throws Exception {
    Receiver receiver = receiver(500, 503, 500);
    Webhook webhook = made(to(receiver)).webhook();
    UUID id = webhooks.test(webhook.id()).orElseThrow();

    await("a first attempt", () -> attempts(webhook, id) == 1 && isWaiting(webhook, id));
    Instant second = webhooks.delivery(webhook.id(), id).orElseThrow().delivery().nextAttemptAt();
    assertThat(second).isBetween(now.get().plusMillis(1799), now.get().plusMillis(2201));
    now.set(second);
    await("a second attempt", () -> attempts(webhook, id) == 2 && isWaiting(webhook, id));
    Instant third = webhooks.delivery(webhook.id(), id).orElseThrow().delivery().nextAttemptAt();
    assertThat(third).isBetween(now.get().plusMillis(3599), now.get().plusMillis(4401));
    now.set(third);

    Delivery.Detail dead = settled(webhook, id, Status.DEAD);
    assertThat(dead.delivery().attempts()).isEqualTo(3);
    assertThat(dead.delivery().nextAttemptAt()).isNull();
    assertThat(dead.delivery().error()).isEqualTo("The receiver answered with 500.");
    assertThat(dead.history())
        .extracting(Delivery.Attempt::responseStatus)
        .containsExactly(500, 503, 500);
    assertThat(receiver.requests)
        .extracting(request -> header(request, "webhook-id"))
        .containsOnly(dead.messageId())
        .hasSize(3);
  }

  private int attempts(Webhook webhook, UUID id) {
    return webhooks.delivery(webhook.id(), id).orElseThrow().delivery().attempts();
  }

  private boolean isWaiting(Webhook webhook, UUID id) {
    return webhooks.delivery(webhook.id(), id).orElseThrow().delivery().nextAttemptAt() != null;
  }

  @Test
  void whatTheReceiverDoesNotWantOrSendsElsewhereFailsAtOnce() throws Exception {
    Receiver receiver = receiver(410, 302);
    Webhook webhook = made(to(receiver)).webhook();

    UUID gone = webhooks.test(webhook.id()).orElseThrow();
    assertThat(settled(webhook, gone, Status.FAILED).delivery().attempts()).isEqualTo(1);
    UUID elsewhere = webhooks.test(webhook.id()).orElseThrow();

    assertThat(settled(webhook, elsewhere, Status.FAILED).delivery().error()).contains("redirect");
    assertThat(receiver.requests).hasSize(2);
  }

  @Test
  void addressThatHasBecomePrivateIsRefusedAtTheAttemptAndNotTriedAgain() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook = made(to(receiver)).webhook();
    auth.close();
    Webhooks strict = node(false, SECRET).webhooks().orElseThrow();

    UUID id = strict.test(webhook.id()).orElseThrow();

    await(
        "refused",
        () -> strict.delivery(webhook.id(), id).orElseThrow().delivery().status() == Status.FAILED);
    assertThat(receiver.connections).hasValue(0);
    assertThat(strict.create(null, to(receiver), HERE)).isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  void deadReceiversKeepNobodyElseWaiting() throws Exception {
    // More than there are workers, and each of them takes until the attempt's time is over.
    Receiver silent = Receiver.that((in, out) -> Thread.sleep(30_000));
    open.add(silent);
    Draft slow =
        new Draft(
            silent.url("127.0.0.1", "/"),
            Set.of("task.failed"),
            Set.of(),
            Map.of(),
            10,
            Duration.ofMillis(300),
            0,
            true,
            "");
    for (int i = 0; i < 20; i++) {
      made(slow);
    }
    webhooks.publish(event("task.failed", "sweep"));
    await("each of them has failed once", () -> silent.connections.get() >= 20);
    Receiver good = receiver();
    Webhook webhook = made(with(to(good), Set.of("task.succeeded"), Set.of(), true)).webhook();
    // Whoever has not failed yet is not in the way of the others: some hundreds wait by now.
    for (int i = 0; i < 20; i++) {
      webhooks.publish(event("task.failed", "sweep"));
    }

    WebhookEvent event = event("task.succeeded", "sweep");
    webhooks.publish(event);

    settled(webhook, Deliveries.deliveryId(event, webhook.id()), Status.DELIVERED);
    assertThat(webhooks.pending().orElseThrow()).as("the dead ones still wait").isGreaterThan(100);
  }

  @Test
  void replacedSecretSignsBesideTheNewOneForADay() throws Exception {
    Receiver receiver = receiver();
    Outcome.Made made = made(to(receiver));
    UUID id = made.webhook().id();

    WebhookSecret next = ((Outcome.Made) webhooks.rotateSecret(null, id, HERE)).secret();

    assertThat(next.reveal()).isNotEqualTo(made.secret().reveal());
    assertSigned(receiver, id, List.of(next, made.secret()));
    now.set(now.get().plus(Webhooks.OVERLAP).minusMillis(1));
    assertSigned(receiver, id, List.of(next, made.secret()));
    now.set(now.get().plusMillis(1));
    assertSigned(receiver, id, List.of(next));
    webhooks.tidy();
    assertThat(webhooks.find(id).orElseThrow().previousSecretUntil()).isNull();
    assertSigned(receiver, id, List.of(next));
  }

  private void assertSigned(Receiver receiver, UUID id, List<WebhookSecret> secrets) {
    UUID delivery = webhooks.test(id).orElseThrow();
    Delivery.Detail detail = settled(webhooks.find(id).orElseThrow(), delivery, Status.DELIVERED);
    String request = receiver.requests.get(receiver.requests.size() - 1);
    Instant at = Instant.ofEpochSecond(Long.parseLong(header(request, "webhook-timestamp")));
    assertThat(header(request, "webhook-signature"))
        .isEqualTo(
            WebhookSignature.sign(
                detail.messageId(), at, detail.payload().getBytes(UTF_8), secrets));
  }

  @Test
  void storeHoldsNeitherSecretsNorValuesOfHeaders() throws Exception {
    Receiver receiver = receiver(500);
    Outcome.Made made =
        made(withHeaders(to(receiver), Map.of("X-Api-Key", "open sesame", "X-Team", "blue")));
    UUID id = webhooks.test(made.webhook().id()).orElseThrow();
    await("an attempt", () -> attempts(made.webhook(), id) == 1 && isWaiting(made.webhook(), id));

    String kept =
        store.settings().get("webhooks").map(Setting::document).orElseThrow()
            + store.work().newest(WorkFilter.all("webhooks"), PageRequest.first(10))
            + store.work().find(id);

    assertThat(header(receiver.requests.get(0), "x-api-key")).isEqualTo("open sesame");
    assertThat(kept).doesNotContain("open sesame", "blue", made.secret().reveal(), "whsec_");
    assertThat(webhooks.delivery(made.webhook().id(), id).orElseThrow().requestHeaders())
        .containsEntry("X-Api-Key", Draft.KEEP)
        .containsEntry("X-Team", Draft.KEEP)
        .containsKey("webhook-signature");
    assertThat(made.webhook().headers()).containsExactly("X-Api-Key", "X-Team");
  }

  @Test
  void maskedHeaderKeepsTheValueThatIsThereAndAnotherOneReplacesIt() throws Exception {
    Receiver receiver = receiver();
    Outcome.Made made =
        made(
            withHeaders(
                to(receiver), Map.of("X-Api-Key", "one", "X-Old", "two", "X-New", "three")));
    UUID id = made.webhook().id();

    Outcome changed =
        webhooks.update(
            null,
            id,
            draft -> withHeaders(draft, Map.of("X-Api-Key", Draft.KEEP, "X-New", "four")),
            HERE);

    assertThat(changed).isInstanceOf(Outcome.Changed.class);
    settled(made.webhook(), webhooks.test(id).orElseThrow(), Status.DELIVERED);
    assertThat(header(receiver.requests.get(0), "x-api-key")).isEqualTo("one");
    assertThat(header(receiver.requests.get(0), "x-new")).isEqualTo("four");
    assertThat(header(receiver.requests.get(0), "x-old")).isEmpty();
    assertThat(
            webhooks.update(
                null, id, draft -> withHeaders(draft, Map.of("X-Other", Draft.KEEP)), HERE))
        .isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  void valuesOfHeadersAreNotKeptForAnotherHost() throws Exception {
    Receiver receiver = receiver();
    Receiver other = receiver();
    UUID id = made(withHeaders(to(receiver), Map.of("X-Api-Key", "one"))).webhook().id();

    Outcome moved =
        webhooks.update(
            null, id, draft -> withHeaders(to(other), Map.of("X-Api-Key", Draft.KEEP)), HERE);

    assertThat(moved).isInstanceOf(Outcome.Invalid.class);
    assertThat(((Outcome.Invalid) moved).field()).isEqualTo("headers");
    assertThat(
            webhooks.update(
                null, id, draft -> withHeaders(to(other), Map.of("X-Api-Key", "two")), HERE))
        .isInstanceOf(Outcome.Changed.class);
  }

  @Test
  void whatLeadsNowhereAnyMoreCanBeTurnedOffAndNotOnAgain() throws Exception {
    Receiver receiver = receiver();
    UUID id = made(to(receiver)).webhook().id();
    auth.close();
    Webhooks strict = node(false, SECRET).webhooks().orElseThrow();

    assertThat(strict.update(null, id, draft -> with(draft, draft.events(), Set.of(), false), HERE))
        .isInstanceOf(Outcome.Changed.class);
    assertThat(strict.update(null, id, draft -> with(draft, draft.events(), Set.of(), true), HERE))
        .isInstanceOf(Outcome.Invalid.class);
  }

  @Test
  void draftsThatMustNotBeAreRefusedWithTheNameOfTheField() throws Exception {
    Receiver receiver = receiver();
    Draft good = to(receiver);

    assertThat(refused(with(good, Set.of("task.unknown"), Set.of(), true))).isEqualTo("events");
    assertThat(refused(with(good, Set.of("auth.login.success"), Set.of(), true)))
        .isEqualTo("events");
    assertThat(refused(with(good, Set.of(), Set.of("a\u0000b"), true))).isEqualTo("task_filter");
    assertThat(refused(with(good, Set.of(), Set.of(""), true))).isEqualTo("task_filter");
    assertThat(refused(withHeaders(good, Map.of("Host", "x")))).isEqualTo("headers");
    assertThat(refused(withHeaders(good, Map.of("webhook-id", "x")))).isEqualTo("headers");
    assertThat(refused(withHeaders(good, Map.of("X-A", "a\r\nX-B: c")))).isEqualTo("headers");
    assertThat(refused(withHeaders(good, Map.of("X-A", "1", "x-a", "2")))).isEqualTo("headers");
    assertThat(refused(numbers(good, 0, 10_000, 2))).isEqualTo("max_retries");
    assertThat(refused(numbers(good, 11, 10_000, 2))).isEqualTo("max_retries");
    assertThat(refused(numbers(good, 1, 99, 2))).isEqualTo("timeout_seconds");
    assertThat(refused(numbers(good, 1, 30_001, 2))).isEqualTo("timeout_seconds");
    assertThat(refused(numbers(good, 1, 10_000, -1))).isEqualTo("retry_backoff");
    assertThat(refused(numbers(good, 1, 10_000, Double.NaN))).isEqualTo("retry_backoff");
    assertThat(refused(Draft.to(URI.create("ftp://example.com/")))).isEqualTo("url");
    assertThat(refused(Draft.to(URI.create("http://0177.0.0.1/")))).isEqualTo("url");
    assertThat(webhooks.all()).isEmpty();
  }

  private static Draft numbers(Draft draft, int retries, long timeoutMillis, double backoff) {
    return new Draft(
        draft.url(),
        draft.events(),
        draft.taskFilter(),
        draft.headers(),
        retries,
        Duration.ofMillis(timeoutMillis),
        backoff,
        true,
        "");
  }

  private String refused(Draft draft) {
    Outcome outcome = webhooks.create(null, draft, HERE);
    assertThat(outcome).isInstanceOf(Outcome.Invalid.class);
    return ((Outcome.Invalid) outcome).field();
  }

  @Test
  void replayIsTheSameMessageMarkedAsOne() throws Exception {
    Receiver receiver = receiver(400);
    Webhook webhook = made(to(receiver)).webhook();
    WebhookEvent event = event("task.failed", "sweep");
    webhooks.publish(event);
    UUID first = Deliveries.deliveryId(event, webhook.id());
    Delivery.Detail failed = settled(webhook, first, Status.FAILED);

    UUID again = webhooks.replay(webhook.id(), first).orElseThrow();

    Delivery.Detail replayed = settled(webhook, again, Status.DELIVERED);
    assertThat(replayed.delivery().replay()).isTrue();
    assertThat(replayed.payload()).isEqualTo(failed.payload());
    assertThat(header(receiver.requests.get(0), "webhook-replay")).isEmpty();
    assertThat(header(receiver.requests.get(1), "webhook-replay")).isEqualTo("true");
    assertThat(header(receiver.requests.get(1), "webhook-id")).isEqualTo(failed.messageId());
    assertThat(body(receiver.requests.get(1))).isEqualTo(body(receiver.requests.get(0)));
    Webhook other = made(to(receiver)).webhook();
    assertThat(webhooks.replay(other.id(), first)).as("another's").isEmpty();
    assertThat(webhooks.delivery(other.id(), first)).as("another's").isEmpty();
  }

  @Test
  void listIsFilteredAndCutAndCountsAll() throws Exception {
    Receiver receiver = receiver(400, 200, 400);
    Webhook webhook = made(to(receiver)).webhook();
    for (Status status : List.of(Status.FAILED, Status.DELIVERED, Status.FAILED)) {
      settled(webhook, webhooks.test(webhook.id()).orElseThrow(), status);
    }

    Delivery.Listing failed = webhooks.deliveries(webhook.id(), Status.FAILED, null, 1, 1);

    assertThat(failed.total()).isEqualTo(3);
    assertThat(failed.matching()).isEqualTo(2);
    assertThat(failed.items()).hasSize(1);
    assertThat(webhooks.deliveries(webhook.id(), null, "webhook.test", 10, 1).items()).hasSize(2);
    assertThat(webhooks.deliveries(webhook.id(), null, "auth.setup", 10, 0).matching()).isZero();
  }

  @Test
  void recordHoldsTheLastTwoHundredAndTheQueueAThousand() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook = made(with(to(receiver), Set.of("task.failed"), Set.of(), true)).webhook();
    for (int i = 0; i < Deliveries.KEPT + 5; i++) {
      webhooks.publish(event("task.failed", "sweep"));
    }
    await("all are delivered", () -> webhooks.pending().orElseThrow() == 0);

    assertThat(webhooks.tidy()).isEqualTo(5);

    assertThat(webhooks.deliveries(webhook.id(), null, null, 10, 0).total()).isEqualTo(200);
    webhooks.update(null, webhook.id(), draft -> with(draft, draft.events(), Set.of(), true), HERE);
    Webhook away = made(numbersTo(receiver)).webhook();
    WebhookEvent one = event("task.succeeded", "sweep");
    webhooks.publish(one);
    await(
        "it waits for its next attempt",
        () -> isWaiting(away, Deliveries.deliveryId(one, away.id())));
    for (int i = 0; i < Deliveries.MAX_WAITING + 5; i++) {
      webhooks.publish(event("task.succeeded", "sweep"));
    }
    assertThat(webhooks.deliveries(away.id(), null, null, 1, 0).total())
        .isLessThanOrEqualTo(Deliveries.MAX_WAITING + 4);
  }

  @Test
  void whatNobodyCanReadIsGivenUpAndKeepsNothingElseFromBeingSent() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook = made(to(receiver)).webhook();
    UUID broken = auth.ids().uuidV7();
    for (String name : List.of("no webhook", webhook.id().toString())) {
      store
          .work()
          .add(
              List.of(
                  new NewWork(
                      name.equals("no webhook") ? auth.ids().uuidV7() : broken,
                      "webhooks",
                      name,
                      "task.failed",
                      now.get(),
                      now.get(),
                      "{")),
              10);
    }

    settled(webhook, webhooks.test(webhook.id()).orElseThrow(), Status.DELIVERED);

    await(
        "given up",
        () -> store.work().find(broken).orElseThrow().item().status() == WorkStatus.FAILED);
    assertThat(webhooks.deliveries(webhook.id(), Status.FAILED, null, 10, 0).items())
        .extracting(Delivery::error)
        .containsExactly("It could not be made; the server's log says why.");
  }

  @Test
  void recordIsKeptShortWithoutAnybodyAsking() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook = made(to(receiver)).webhook();
    for (int i = 0; i < Deliveries.KEPT + 5; i++) {
      webhooks.publish(event("task.failed", "sweep"));
    }
    await("all are delivered", () -> webhooks.pending().orElseThrow() == 0);
    assertThat(webhooks.deliveries(webhook.id(), null, null, 1, 0).total()).isEqualTo(205);

    now.set(now.get().plus(Duration.ofMinutes(5)));

    await(
        "the oldest are removed",
        () -> webhooks.deliveries(webhook.id(), null, null, 1, 0).total() == 200);
  }

  @Test
  void whatANodeWasLostWithEachTimeIsDead() throws Exception {
    Receiver receiver = receiver(500);
    Webhook webhook = made(to(receiver)).webhook();
    UUID id = webhooks.test(webhook.id()).orElseThrow();
    await("an attempt", () -> attempts(webhook, id) == 1 && isWaiting(webhook, id));
    // As nodes do that end before they can say what came of it.
    for (int i = 0; i < 2; i++) {
      Instant due = now.get().plusSeconds(600);
      String lost = "lost " + i;
      store
          .work()
          .claim(
              new Claim(
                  "webhooks",
                  webhook.id().toString(),
                  9,
                  Set.of(webhook.id().toString()),
                  9,
                  lost,
                  due,
                  due))
          .orElseThrow();
    }

    now.set(now.get().plusSeconds(1200));

    assertThat(settled(webhook, id, Status.DEAD).delivery().error()).contains("ended before");
    assertThat(receiver.requests).hasSize(1);
  }

  /** Nobody listens there, so all of it waits. */
  private Draft numbersTo(Receiver receiver) throws IOException {
    int port = receiver.port();
    receiver.close();
    return new Draft(
        URI.create("http://127.0.0.1:" + port + "/"),
        Set.of("task.succeeded"),
        Set.of(),
        Map.of(),
        10,
        Duration.ofSeconds(1),
        60,
        true,
        "");
  }

  @Test
  void whoIsTurnedOffGetsNothingAndTheRestWhenTurnedOnAgain() throws Exception {
    Receiver receiver = receiver(500);
    Webhook webhook = made(to(receiver)).webhook();
    UUID id = webhooks.test(webhook.id()).orElseThrow();
    await("an attempt", () -> attempts(webhook, id) == 1 && isWaiting(webhook, id));
    webhooks.update(
        null, webhook.id(), draft -> with(draft, draft.events(), Set.of(), false), HERE);
    now.set(now.get().plusSeconds(60));
    webhooks.publish(event("task.failed", "sweep"));
    // Longer than nobody looks.
    LockSupport.parkNanos(Duration.ofMillis(1500).toNanos());
    assertThat(receiver.requests).hasSize(1);

    webhooks.update(null, webhook.id(), draft -> with(draft, draft.events(), Set.of(), true), HERE);

    settled(webhook, id, Status.DELIVERED);
  }

  @Test
  void deletedOneTakesItsRecordAlongAndGetsNothingMore() throws Exception {
    Receiver receiver = receiver(500);
    Webhook webhook = made(to(receiver)).webhook();
    UUID id = webhooks.test(webhook.id()).orElseThrow();
    await("an attempt", () -> attempts(webhook, id) == 1 && isWaiting(webhook, id));

    assertThat(webhooks.delete(null, webhook.id(), HERE)).isTrue();

    assertThat(webhooks.find(webhook.id())).isEmpty();
    assertThat(webhooks.delivery(webhook.id(), id)).isEmpty();
    assertThat(webhooks.test(webhook.id())).isEmpty();
    assertThat(webhooks.delete(null, webhook.id(), HERE)).isFalse();
    assertThat(webhooks.pending()).hasValue(0);
  }

  @Test
  void whatSomebodyDoesToAnAccountIsPublishedWithoutAskingTwice() throws Exception {
    Receiver receiver = receiver();
    Webhook webhook =
        made(with(to(receiver), Set.of("auth.user_created"), Set.of(), true)).webhook();

    auth.setup()
        .orElseThrow()
        .ensureAdministrator("ada", io.taskauth.password.Password.of("correct horse battery"));
    auth.audit().settle(Duration.ofSeconds(10));

    Delivery delivery = only(webhook);
    String payload = settled(webhook, delivery.id(), Status.DELIVERED).payload();
    assertThat(payload).contains("\"type\":\"auth.user_created\"").contains("\"username\":\"ada\"");
  }

  @Test
  void changesOfSubscriptionsAreOnRecord() throws Exception {
    Receiver receiver = receiver();
    UUID id = made(to(receiver)).webhook().id();
    webhooks.update(null, id, draft -> draft, HERE);
    webhooks.rotateSecret(null, id, HERE);
    webhooks.delete(null, id, HERE);
    auth.audit().settle(Duration.ofSeconds(10));

    assertThat(
            auth.auditLog().orElseThrow().newest(AuditFilter.NONE, PageRequest.first(10)).items())
        .extracting(event -> event.type())
        .containsExactly(
            AuditType.WEBHOOK_DELETED,
            AuditType.WEBHOOK_SECRET_ROTATED,
            AuditType.WEBHOOK_UPDATED,
            AuditType.WEBHOOK_CREATED);
  }

  @Test
  void secretKeyCanBeRotatedAndWhatNobodyCanReadSaysSo() throws Exception {
    Receiver receiver = receiver();
    Outcome.Made made = made(withHeaders(to(receiver), Map.of("X-Api-Key", "one")));
    UUID id = made.webhook().id();
    auth.close();
    Webhooks both = node(true, NEXT_SECRET, SECRET).webhooks().orElseThrow();
    both.tidy();
    open.get(open.size() - 1).close();

    Webhooks next = node(true, NEXT_SECRET).webhooks().orElseThrow();
    UUID delivered = next.test(id).orElseThrow();
    await(
        "delivered",
        () -> next.delivery(id, delivered).orElseThrow().delivery().status() == Status.DELIVERED);
    assertThat(header(receiver.requests.get(0), "x-api-key")).isEqualTo("one");
    open.get(open.size() - 1).close();

    Webhooks stranger =
        node(true, "third-0123456789-abcdefghijklmnopqrstuvwxyz").webhooks().orElseThrow();
    UUID failed = stranger.test(id).orElseThrow();
    await(
        "failed",
        () -> stranger.delivery(id, failed).orElseThrow().delivery().status() == Status.FAILED);
    assertThat(stranger.delivery(id, failed).orElseThrow().delivery().error())
        .contains("rotate it");
    assertThat(receiver.requests).hasSize(1);
  }

  @Test
  void thereAreAtMostAHundred() throws Exception {
    Receiver receiver = receiver();
    for (int i = 0; i < Webhooks.MAX; i++) {
      made(to(receiver));
    }

    assertThat(webhooks.create(null, to(receiver), HERE)).isEqualTo(new Outcome.TooMany());
    assertThat(webhooks.all()).hasSize(Webhooks.MAX);
  }
}
