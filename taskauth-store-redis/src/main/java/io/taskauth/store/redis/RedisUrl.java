package io.taskauth.store.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.HostAndPort;

/**
 * Where Redis is and how to get in. Prints without user and password, and no message has them.
 *
 * @param master the name by which Sentinel knows the master, for {@link Kind#SENTINEL}
 */
record RedisUrl(
    Kind kind,
    boolean tls,
    Set<HostAndPort> hosts,
    @Nullable String user,
    @Nullable String password,
    int database,
    @Nullable String master) {
  enum Kind {
    SERVER,
    SENTINEL,
    CLUSTER
  }

  /** What a URL looks like, for messages. */
  static final String FORMS =
      "redis://[user:password@]host[:port][/database], rediss:// for TLS,"
          + " redis+sentinel://host:port,host:port/master-name[/database]"
          + " or redis+cluster://host:port,host:port";

  private static final Pattern FORM =
      Pattern.compile(
          "redis(s?)(\\+sentinel|\\+cluster)?://(?:([^/]*)@)?([^/@?#]+)((?:/[^/?#]*){0,2})");
  private static final Pattern HOST =
      Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]\\s]+)(?::([0-9]{1,5}))?");
  private static final int PORT = 6379;
  private static final int SENTINEL_PORT = 26379;

  /**
   * @throws IllegalArgumentException where it is none; the message does not repeat it
   */
  static RedisUrl parse(String text) {
    Matcher url = FORM.matcher(text.strip());
    if (!url.matches()) {
      throw wrong(
          "it has another form; a password's own / @ ? # and % are written as %2F and so on");
    }
    Kind kind = kind(url.group(2));
    Set<HostAndPort> hosts = hosts(url.group(4), kind);
    String[] path =
        url.group(5).isEmpty() ? new String[0] : url.group(5).substring(1).split("/", -1);
    boolean sentinel = kind == Kind.SENTINEL;
    String master = sentinel && path.length > 0 ? path[0] : null;
    if (sentinel && (master == null || master.isEmpty())) {
      throw wrong("the name of the master is missing");
    }
    int database = database(path, sentinel ? 1 : 0);
    if (kind == Kind.CLUSTER && database != 0) {
      throw wrong("a cluster has database 0 only");
    }
    String[] login = login(url.group(3));
    return new RedisUrl(
        kind, url.group(1).equals("s"), hosts, login[0], login[1], database, master);
  }

  private static Kind kind(@Nullable String suffix) {
    if (suffix == null) {
      return Kind.SERVER;
    }
    return suffix.equals("+sentinel") ? Kind.SENTINEL : Kind.CLUSTER;
  }

  private static Set<HostAndPort> hosts(String list, Kind kind) {
    Set<HostAndPort> hosts = new LinkedHashSet<>();
    for (String each : list.split(",", -1)) {
      Matcher host = HOST.matcher(each);
      if (!host.matches()) {
        throw wrong("'" + each + "' is not host:port");
      }
      String port = host.group(2);
      int number =
          port == null ? (kind == Kind.SENTINEL ? SENTINEL_PORT : PORT) : Integer.parseInt(port);
      if (number < 1 || number > 65_535) {
        throw wrong("a port is 1 to 65535, not " + number);
      }
      hosts.add(new HostAndPort(host.group(1).replaceAll("[\\[\\]]", ""), number));
    }
    if (kind == Kind.SERVER && hosts.size() > 1) {
      throw wrong("several servers are redis+sentinel:// or redis+cluster://");
    }
    return hosts;
  }

  private static int database(String[] path, int index) {
    if (path.length > index + 1) {
      throw wrong("there is more after the database");
    }
    String number = path.length > index ? path[index] : "";
    if (!number.matches("[0-9]{0,5}")) {
      throw wrong("the database is not a number");
    }
    return number.isEmpty() ? 0 : Integer.parseInt(number);
  }

  /** User and password; {@code password@} alone would be a user without one, so it is refused. */
  private static @Nullable String[] login(@Nullable String userInfo) {
    if (userInfo == null || userInfo.isEmpty()) {
      return new String[] {null, null};
    }
    int colon = userInfo.indexOf(':');
    if (colon < 0) {
      throw wrong("before the @ stands user:password, or :password without a user");
    }
    String user = decoded(userInfo.substring(0, colon));
    return new String[] {user.isEmpty() ? null : user, decoded(userInfo.substring(colon + 1))};
  }

  private static String decoded(String text) {
    try {
      // URLDecoder is for forms, where + is a blank.
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      // Without the cause, which repeats a part of the password.
      throw wrong("user and password have a % that is not followed by two hexadecimal digits");
    }
  }

  private static IllegalArgumentException wrong(String why) {
    return new IllegalArgumentException(
        "this is no Redis URL (not shown, it may have a password): " + why + ". It is " + FORMS);
  }

  /** Without user and password. */
  @Override
  public String toString() {
    String form =
        switch (kind) {
          case SERVER -> "";
          case SENTINEL -> "+sentinel";
          case CLUSTER -> "+cluster";
        };
    String where = hosts.stream().map(HostAndPort::toString).collect(Collectors.joining(","));
    String path =
        Stream.of(master == null ? "" : "/" + master, database == 0 ? "" : "/" + database)
            .collect(Collectors.joining());
    return "redis" + (tls ? "s" : "") + form + "://" + where + path;
  }
}
