package io.taskauth.server.dashboard;

import io.taskauth.user.User;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the dashboard shows to one person at one moment.
 *
 * @param user null where authentication is turned off
 * @param operator whether they may start and end runs
 * @param sessions how many they have
 */
public record DashboardView(
    @Nullable User user,
    boolean administrator,
    boolean operator,
    boolean draining,
    int sessions,
    List<TaskRow> tasks,
    List<QueueRow> queues,
    List<RunRow> runs,
    List<EventRow> events,
    Map<String, String> facts) {}
