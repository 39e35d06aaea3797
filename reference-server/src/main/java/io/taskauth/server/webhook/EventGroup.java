package io.taskauth.server.webhook;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Types of events that belong together.
 *
 * @param name what stands before the dot
 * @param types with the group's name before them
 */
public record EventGroup(String name, String title, List<String> types) {
  private static final Map<String, String> TITLES =
      Map.of("auth", "Accounts and access", "task", "Tasks");

  static String of(String type) {
    return type.substring(0, type.indexOf('.'));
  }

  /** The smallest first: nobody scrolls past a long list to find that there is a short one. */
  static List<EventGroup> all(List<String> types) {
    Map<String, TreeSet<String>> groups = new TreeMap<>();
    for (String type : types) {
      groups.computeIfAbsent(of(type), name -> new TreeSet<>()).add(type);
    }
    return groups.entrySet().stream()
        .map(
            group ->
                new EventGroup(
                    group.getKey(),
                    TITLES.getOrDefault(group.getKey(), group.getKey()),
                    List.copyOf(group.getValue())))
        .sorted(Comparator.comparingInt((EventGroup group) -> group.types().size()))
        .toList();
  }

  /** What stands for all of them, those too that come with a later version. */
  public String every() {
    return name + ".*";
  }
}
