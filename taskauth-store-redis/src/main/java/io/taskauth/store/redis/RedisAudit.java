package io.taskauth.store.redis;

import io.taskauth.audit.AuditEvent;
import io.taskauth.audit.AuditFilter;
import io.taskauth.audit.AuditFilter.About;
import io.taskauth.audit.AuditJson;
import io.taskauth.audit.AuditStore;
import io.taskauth.audit.AuditType;
import io.taskauth.page.Page;
import io.taskauth.page.PageRequest;
import io.taskauth.user.LoginKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The last security events, in one slot, with lists of those that have something in common. */
final class RedisAudit implements AuditStore {
  /** How many events one step looks at, so that it keeps nobody waiting for long. */
  private static final int BATCH = 200;

  /** How often one page may go on looking; after that it is a short page. */
  private static final int MAX_ROUNDS = 10;

  private final Redis redis;
  private final String key;

  RedisAudit(Redis redis, Keys keys) {
    this.redis = redis;
    this.key = keys.audit();
  }

  @Override
  public void append(List<AuditEvent> events) {
    if (events.isEmpty()) {
      return;
    }
    List<String> arguments = new ArrayList<>();
    for (AuditEvent event : events) {
      Set<String> terms = terms(event);
      Collections.addAll(
          arguments, event.id().toString(), AuditJson.line(event), String.valueOf(terms.size()));
      arguments.addAll(terms);
    }
    Object unused =
        redis.run("add to the audit log", Step.of(Script.APPEND_EVENTS, key, arguments));
  }

  /** What an event is found by. */
  private static Set<String> terms(AuditEvent event) {
    Set<String> terms = new LinkedHashSet<>();
    terms.add(ofType(event.type()));
    UUID user = event.userId();
    if (user != null) {
      terms.add(ofId(user.toString()));
    }
    String target = event.target();
    if (target != null) {
      terms.add(ofId(target));
    }
    AuditFilter.actor(event).map(RedisAudit::ofName).ifPresent(terms::add);
    AuditFilter.target(event).map(RedisAudit::ofName).ifPresent(terms::add);
    return terms;
  }

  private static String ofType(AuditType type) {
    return "type:" + type.code();
  }

  private static String ofId(String id) {
    return "id:" + id;
  }

  private static String ofName(LoginKey name) {
    return "name:" + name.value();
  }

  /** The terms one of which an event that matches has; none where that says nothing. */
  private static List<String> terms(AuditFilter filter) {
    List<String> terms = new ArrayList<>();
    About about = filter.about();
    AuditType type = filter.type();
    if (about != null) {
      UUID id = about.id();
      if (id != null) {
        terms.add(ofId(id.toString()));
      }
      about.names().forEach(name -> terms.add(ofName(name)));
    } else if (type != null) {
      terms.add(ofType(type));
    }
    return terms;
  }

  private record Entry(long number, @Nullable AuditEvent event) {}

  @Override
  public Page<AuditEvent> newest(AuditFilter filter, PageRequest page) {
    long before = page.before();
    List<String> terms = terms(filter);
    if (terms.isEmpty() && filter.about() != null) {
      return new Page<>(List.of(), null);
    }
    int batch = terms.isEmpty() ? page.limit() + 1 : Math.max(BATCH, page.limit() + 1);
    List<Entry> found = new ArrayList<>();
    for (int round = 1; ; round++) {
      List<Entry> entries = entries(before, batch, terms);
      entries.stream().filter(entry -> matches(entry, filter)).forEach(found::add);
      if (found.size() > page.limit() || entries.size() < batch) {
        return Pages.of(
            found, page.limit(), RedisAudit::events, last -> String.valueOf(last.number()));
      }
      before = entries.get(entries.size() - 1).number();
      if (round == MAX_ROUNDS) {
        return new Page<>(events(found), String.valueOf(before));
      }
    }
  }

  private static boolean matches(Entry entry, AuditFilter filter) {
    AuditEvent event = entry.event();
    return event != null && filter.matches(event);
  }

  private static List<AuditEvent> events(List<Entry> entries) {
    List<AuditEvent> events = new ArrayList<>();
    for (Entry entry : entries) {
      AuditEvent event = entry.event();
      if (event != null) {
        events.add(event);
      }
    }
    return events;
  }

  /** An event that only a newer version knows is there as a number without an event. */
  private List<Entry> entries(long before, int limit, List<String> terms) {
    List<String> arguments = new ArrayList<>();
    Collections.addAll(
        arguments, before == Long.MAX_VALUE ? "+inf" : "(" + before, String.valueOf(limit));
    arguments.addAll(terms);
    List<String> flat =
        Replies.texts(redis.run("read the audit log", Step.of(Script.PAGE_EVENTS, key, arguments)));
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i < flat.size(); i += 2) {
      entries.add(
          new Entry(Long.parseLong(flat.get(i)), AuditJson.parse(flat.get(i + 1)).orElse(null)));
    }
    return entries;
  }

  @Override
  public int trim(int keep) {
    int removed = 0;
    while (true) {
      Object some =
          redis.run(
              "trim the audit log",
              Script.TRIM_EVENTS,
              key,
              String.valueOf(keep),
              String.valueOf(BATCH));
      removed += (int) Replies.number(some);
      if (Replies.number(some) < BATCH) {
        return removed;
      }
    }
  }
}
