package io.taskauth.server;

import io.taskauth.internal.IpAddress;
import io.taskauth.live.InternalCredential;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the operator has set.
 *
 * @param port 0 for a free one
 * @param setupCode the code of the first administrator's set-up link, or "none"
 * @param laxCookies whether links of other sites bring the session along
 * @param webhooksAllowPrivate whether webhooks may go to loopback and private networks
 * @param watcher whether a child process watches over this one
 */
record ServerConfig(
    String host,
    int port,
    StoreChoice store,
    List<String> secretKeys,
    boolean authentication,
    Optional<Admin> admin,
    Optional<String> setupCode,
    Optional<Duration> sessionTtl,
    Optional<Duration> idleTimeout,
    Optional<String> publicUrl,
    List<String> trustedProxies,
    boolean laxCookies,
    List<ServiceTokenSetting> serviceTokens,
    Optional<Path> auditLog,
    Optional<Smtp> smtp,
    ProviderSettings providers,
    boolean webhooksAllowPrivate,
    boolean watcher) {

  /**
   * How mail is sent.
   *
   * @param url may hold a password
   * @param from who it comes from
   */
  record Smtp(String url, String from) {
    @Override
    public String toString() {
      return from + " [redacted]";
    }
  }

  /** An administrator who is made at start if there is no such user. */
  record Admin(String username, String password) {
    @Override
    public String toString() {
      return username + " [redacted]";
    }
  }

  /**
   * @throws ConfigException where a value makes no sense
   */
  static ServerConfig from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    refuseUnknown(variables.keySet(), environment);
    String host = environment.text(Setting.HOST).orElseThrow();
    boolean authentication = environment.oneOf(Setting.AUTH, "on", "off");
    boolean insecure = environment.oneOf(Setting.ALLOW_INSECURE, "true", "false");
    if (!authentication && !insecure && !isLoopback(host)) {
      throw new ConfigException(
          "TASKAUTH_AUTH",
          "is off and the server would listen on "
              + host
              + ", open to everybody who can reach it; set TASKAUTH_HOST to 127.0.0.1, or say"
              + " TASKAUTH_ALLOW_INSECURE=true if that is what you want");
    }
    return new ServerConfig(
        host,
        environment.integer(Setting.PORT, 0, 65_535),
        StoreChoice.parse(environment),
        environment.secret(Setting.SECRET_KEY).stream()
            .flatMap(keys -> List.of(keys.split(",", -1)).stream())
            .map(String::strip)
            .toList(),
        authentication,
        admin(environment),
        environment.text(Setting.SETUP_CODE),
        environment.duration(Setting.SESSION_TTL),
        environment.duration(Setting.IDLE_TIMEOUT),
        environment.text(Setting.PUBLIC_URL),
        environment.list(Setting.TRUSTED_PROXIES),
        environment.oneOf(Setting.SAME_SITE, "lax", "strict"),
        environment
            .secret(Setting.SERVICE_TOKENS)
            .map(ServiceTokenSetting::parse)
            .orElse(List.of()),
        environment.path(Setting.AUDIT_LOG),
        smtp(environment),
        ProviderSettings.read(environment),
        environment.oneOf(Setting.WEBHOOKS_ALLOW_PRIVATE, "true", "false"),
        environment.oneOf(Setting.WATCHER, "on", "off"));
  }

  /**
   * A misspelt variable would leave a default in force that nobody wanted. What a server gives its
   * children is no setting: one that is started by a child of another server has no use for it.
   */
  private static void refuseUnknown(Set<String> names, Environment environment) {
    Set<String> known = new HashSet<>(Setting.variables(ProviderSettings.spelt(environment)));
    for (String name : new TreeSet<>(names)) {
      boolean ours = name.startsWith("TASKAUTH_") && !name.equals(InternalCredential.VARIABLE);
      if (ours && !known.contains(name)) {
        throw new ConfigException(name, "is no setting of this server");
      }
    }
  }

  private static Optional<Admin> admin(Environment environment) {
    Optional<String> user = environment.text(Setting.ADMIN_USER);
    Optional<String> password = environment.secret(Setting.ADMIN_PASSWORD);
    if (user.isPresent() != password.isPresent()) {
      throw new ConfigException(
          user.isPresent() ? "TASKAUTH_ADMIN_PASSWORD" : "TASKAUTH_ADMIN_USER",
          "is missing; an administrator takes both TASKAUTH_ADMIN_USER and"
              + " TASKAUTH_ADMIN_PASSWORD (or TASKAUTH_ADMIN_PASSWORD_FILE)");
    }
    return user.map(name -> new Admin(name, password.orElseThrow()));
  }

  private static Optional<Smtp> smtp(Environment environment) {
    Optional<String> url = environment.secret(Setting.SMTP_URL);
    Optional<String> from = environment.text(Setting.MAIL_FROM);
    if (url.isPresent() && from.isEmpty()) {
      throw new ConfigException(
          "TASKAUTH_MAIL_FROM",
          "is missing; mail takes both TASKAUTH_SMTP_URL and TASKAUTH_MAIL_FROM, the address it"
              + " comes from");
    }
    if (url.isEmpty() && from.isPresent()) {
      throw new ConfigException(
          "TASKAUTH_SMTP_URL",
          "is missing; mail takes both TASKAUTH_SMTP_URL, such as"
              + " smtps://user:password@mail.example.com, and TASKAUTH_MAIL_FROM");
    }
    return url.map(address -> new Smtp(address, from.orElseThrow()));
  }

  private static boolean isLoopback(String host) {
    return host.equals("localhost")
        || IpAddress.parse(host).filter(IpAddress::isLoopback).isPresent();
  }
}
