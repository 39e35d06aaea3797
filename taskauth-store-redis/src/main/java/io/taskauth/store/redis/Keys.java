package io.taskauth.store.redis;

import java.util.UUID;

/**
 * What keys begin with. The part in braces decides about the slot: each account has its own, so
 * that a cluster spreads them, and what must be decided in one step about all accounts is in one.
 */
record Keys(String prefix) {
  /** Over how many slots lists are spread that would otherwise gather in one. */
  static final int BUCKETS = 16;

  String account(UUID id) {
    return account(id.toString());
  }

  String account(String id) {
    return slot(id);
  }

  String user(UUID id) {
    return account(id) + ":user";
  }

  /** Names, roles and intents. */
  String accounts() {
    return slot("accounts");
  }

  String tokens() {
    return slot("tokens");
  }

  /** Machines: there are few of them, and a step may be about all. */
  String services() {
    return slot("services");
  }

  String service(UUID id) {
    return services() + ":account:" + id;
  }

  /** All of it: whoever looks for a piece knows its id, and not its pool. */
  String work() {
    return slot("work");
  }

  String work(UUID id) {
    return work() + ":item:" + id;
  }

  String audit() {
    return slot("audit");
  }

  String setting(String name) {
    return prefix + ":setting:{" + name + "}";
  }

  /** One of the places for things of that kind. */
  String bucket(String kind, int number) {
    return slot(kind + "-" + number);
  }

  /** The place for the thing of that id. */
  String bucketOf(String kind, String id) {
    return bucket(kind, Math.floorMod(id.hashCode(), BUCKETS));
  }

  /** Where changes are published. */
  String channel() {
    return prefix + ":changes";
  }

  /** What is written to prove that one may. */
  String proof() {
    return slot("proof");
  }

  private String slot(String tag) {
    return prefix + ":{" + tag + "}";
  }
}
