package io.taskauth.store.redis;

import java.util.ArrayList;
import java.util.List;

/**
 * What the slot of all accounts is asked to decide upon.
 *
 * @param conditions what the script needs before the intent
 */
record Decision(Script script, List<String> conditions, Intent intent) {
  List<String> arguments() {
    List<String> all = new ArrayList<>(conditions);
    all.addAll(intent.words());
    return all;
  }
}
