package io.taskauth.server;

import io.taskauth.internal.IpAddress;
import io.taskauth.live.InternalCredential;
import java.nio.file.Path;
import java.time.Duration;
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

  static final Set<String> KNOWN =
      Set.of(
          "TASKAUTH_HOST",
          "TASKAUTH_PORT",
          "TASKAUTH_STORE",
          "TASKAUTH_STORE_FILE",
          "TASKAUTH_STORE_FEED",
          "TASKAUTH_STORE_FEED_FILE",
          "TASKAUTH_SECRET_KEY",
          "TASKAUTH_SECRET_KEY_FILE",
          "TASKAUTH_AUTH",
          "TASKAUTH_ALLOW_INSECURE",
          "TASKAUTH_ADMIN_USER",
          "TASKAUTH_ADMIN_PASSWORD",
          "TASKAUTH_ADMIN_PASSWORD_FILE",
          "TASKAUTH_SETUP_CODE",
          "TASKAUTH_SESSION_TTL",
          "TASKAUTH_IDLE_TIMEOUT",
          "TASKAUTH_PUBLIC_URL",
          "TASKAUTH_TRUSTED_PROXIES",
          "TASKAUTH_SAME_SITE",
          "TASKAUTH_SERVICE_TOKENS",
          "TASKAUTH_SERVICE_TOKENS_FILE",
          "TASKAUTH_AUDIT_LOG",
          "TASKAUTH_SMTP_URL",
          "TASKAUTH_SMTP_URL_FILE",
          "TASKAUTH_MAIL_FROM",
          "TASKAUTH_WEBHOOKS_ALLOW_PRIVATE",
          "TASKAUTH_WATCHER");

  /**
   * @throws ConfigException where a value makes no sense
   */
  static ServerConfig from(Map<String, String> variables) {
    Environment environment = new Environment(variables);
    refuseUnknown(variables.keySet(), environment);
    String host = environment.text("TASKAUTH_HOST").orElse("127.0.0.1");
    boolean authentication = environment.oneOf("TASKAUTH_AUTH", true, "on", "off");
    boolean insecure = environment.oneOf("TASKAUTH_ALLOW_INSECURE", false, "true", "false");
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
        environment.integer("TASKAUTH_PORT", 8080, 0, 65_535),
        StoreChoice.parse(environment),
        environment.secret("TASKAUTH_SECRET_KEY").stream()
            .flatMap(keys -> List.of(keys.split(",", -1)).stream())
            .map(String::strip)
            .toList(),
        authentication,
        admin(environment),
        environment.text("TASKAUTH_SETUP_CODE"),
        environment.duration("TASKAUTH_SESSION_TTL"),
        environment.duration("TASKAUTH_IDLE_TIMEOUT"),
        environment.text("TASKAUTH_PUBLIC_URL"),
        environment.list("TASKAUTH_TRUSTED_PROXIES"),
        environment.oneOf("TASKAUTH_SAME_SITE", false, "lax", "strict"),
        environment
            .secret(ServiceTokenSetting.VARIABLE)
            .map(ServiceTokenSetting::parse)
            .orElse(List.of()),
        environment.path("TASKAUTH_AUDIT_LOG"),
        smtp(environment),
        ProviderSettings.read(environment),
        environment.oneOf("TASKAUTH_WEBHOOKS_ALLOW_PRIVATE", false, "true", "false"),
        environment.oneOf("TASKAUTH_WATCHER", true, "on", "off"));
  }

  /**
   * A misspelt variable would leave a default in force that nobody wanted. What a server gives its
   * children is no setting: one that is started by a child of another server has no use for it.
   */
  private static void refuseUnknown(Set<String> names, Environment environment) {
    for (String name : new TreeSet<>(names)) {
      boolean ours = name.startsWith("TASKAUTH_") && !name.equals(InternalCredential.VARIABLE);
      if (ours && !KNOWN.contains(name) && !ProviderSettings.isOne(name, environment)) {
        throw new ConfigException(name, "is no setting of this server");
      }
    }
  }

  private static Optional<Admin> admin(Environment environment) {
    Optional<String> user = environment.text("TASKAUTH_ADMIN_USER");
    Optional<String> password = environment.secret("TASKAUTH_ADMIN_PASSWORD");
    if (user.isPresent() != password.isPresent()) {
      throw new ConfigException(
          user.isPresent() ? "TASKAUTH_ADMIN_PASSWORD" : "TASKAUTH_ADMIN_USER",
          "is missing; an administrator takes both TASKAUTH_ADMIN_USER and"
              + " TASKAUTH_ADMIN_PASSWORD (or TASKAUTH_ADMIN_PASSWORD_FILE)");
    }
    return user.map(name -> new Admin(name, password.orElseThrow()));
  }

  private static Optional<Smtp> smtp(Environment environment) {
    Optional<String> url = environment.secret("TASKAUTH_SMTP_URL");
    Optional<String> from = environment.text("TASKAUTH_MAIL_FROM");
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
