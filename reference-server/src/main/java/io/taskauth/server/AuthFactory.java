package io.taskauth.server;

import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import io.taskauth.access.Scopes;
import io.taskauth.access.TokenRoute;
import io.taskauth.audit.AuditSink;
import io.taskauth.audit.JsonLinesAuditSink;
import io.taskauth.internal.Ids;
import io.taskauth.login.Setup;
import io.taskauth.login.SetupCode;
import io.taskauth.mail.Mailer;
import io.taskauth.mail.SmtpMailer;
import io.taskauth.password.Password;
import io.taskauth.server.StoreChoice.DuckDb;
import io.taskauth.server.install.Installation;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.AuthStore;
import io.taskauth.store.SettingStore;
import io.taskauth.token.SigningKey;
import io.taskauth.webhook.HttpWebhookSender;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** From the operator's settings to the library's. Every complaint names the operator's variable. */
final class AuthFactory {
  /** The role that running tasks takes. */
  static final String OPERATOR = "operator";

  /** The role that seeing and changing webhooks takes. */
  static final String ADMINISTRATOR = "admin";

  private static final String SETUP_SALT = "setup-salt";

  /**
   * @param store the one that {@code auth} has, and closes
   * @param setupCode what the set-up link carries; empty where no code is needed
   */
  record Made(TaskAuth auth, AuthStore store, Optional<String> setupCode) {}

  private AuthFactory() {}

  /**
   * Closes the store where it throws.
   *
   * @param live hears of security events as they happen, besides the store and the log
   * @param letIn the name of somebody who is let in with a password, whatever the settings say
   */
  static Made make(
      ServerConfig config, AuthStore store, AuditSink live, Optional<String> letIn, Ground ground) {
    try {
      return build(config, store, live, letIn.isPresent(), ground);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }

  private static Made build(
      ServerConfig config, AuthStore store, AuditSink live, boolean passwords, Ground ground) {
    Ids ids = new Ids(ground.clock(), ground.random());
    TaskAuthBuilder builder =
        TaskAuth.builder()
            .random(ground.random())
            .clock(ground.clock())
            .audience("taskauth-server")
            .store(store)
            .auditSink(live)
            .webhooks(HttpWebhookSender.create(config.webhooksAllowPrivate()), TaskEvents.types())
            // The tasks sweep and audit-turnover do that.
            .withoutHousekeeping();
    if (!config.authentication()) {
      builder.withoutAuthentication();
    }
    List<String> keys = secretKeys(config, ids);
    if (!keys.isEmpty()) {
      named("TASKAUTH_SECRET_KEY", keys.toArray(String[]::new), builder::secretKeys);
    }
    config.sessionTtl().ifPresent(t -> named("TASKAUTH_SESSION_TTL", t, builder::sessionLifetime));
    config.idleTimeout().ifPresent(t -> named("TASKAUTH_IDLE_TIMEOUT", t, builder::idleTimeout));
    config
        .auditLog()
        .ifPresent(file -> named("TASKAUTH_AUDIT_LOG", file, AuthFactory.auditLog(builder)));
    config
        .serviceTokens()
        .forEach(token -> named(ServiceTokenSetting.VARIABLE, token, t -> machine(builder, t)));
    config.smtp().ifPresent(smtp -> builder.mailer(mailer(smtp)));
    ProviderSettings providers = config.providers();
    Providers.of(providers).forEach(builder::identityProvider);
    named(
        ProviderSettings.ADMIN_EMAILS,
        providers.adminEmails().toArray(String[]::new),
        builder::administratorEmails);
    if (providers.firstUserAdmin()) {
      builder.firstUserFromProviderIsAdministrator();
    }
    if (!providers.passwordLogin() && !passwords) {
      if (config.admin().isPresent()) {
        throw new ConfigException(
            "TASKAUTH_ADMIN_USER",
            "is for signing in with a password, and TASKAUTH_PASSWORD_LOGIN is false; take it out,"
                + " or start once with "
                + LetIn.FLAG);
      }
      builder.withoutPasswordLogin();
    }
    Optional<String> code = setupCode(config, store, ids);
    named(
        "TASKAUTH_SETUP_CODE",
        code,
        c -> builder.setupCode(c.map(SetupCode::of).orElseGet(SetupCode::none)));
    TaskAuth auth = built(builder);
    try {
      config.admin().ifPresent(admin -> ensure(auth, admin));
    } catch (RuntimeException e) {
      auth.close();
      throw e;
    }
    return new Made(auth, store, code);
  }

  private static TaskAuth built(TaskAuthBuilder builder) {
    try {
      return builder.build();
    } catch (IllegalArgumentException e) {
      // What providers and roles are to each other is seen only here.
      throw new ConfigException("TASKAUTH_OAUTH_…", String.valueOf(e.getMessage()));
    }
  }

  private static void machine(TaskAuthBuilder builder, ServiceTokenSetting token) {
    TaskAuthBuilder unused =
        builder.serviceToken(token.name(), token.secret(), token.scopes().toArray(String[]::new));
  }

  private static Consumer<Path> auditLog(TaskAuthBuilder builder) {
    return file -> {
      try {
        builder.auditSink(JsonLinesAuditSink.open(file));
      } catch (UncheckedIOException e) {
        throw new ConfigException("TASKAUTH_AUDIT_LOG", String.valueOf(e.getMessage()));
      }
    };
  }

  private static Mailer mailer(ServerConfig.Smtp smtp) {
    try {
      return SmtpMailer.of(smtp.url(), smtp.from());
    } catch (IllegalArgumentException e) {
      throw new ConfigException(
          "TASKAUTH_SMTP_URL, TASKAUTH_MAIL_FROM", String.valueOf(e.getMessage()));
    }
  }

  private static List<String> secretKeys(ServerConfig config, Ids ids) {
    if (config.secretKeys().isEmpty() && config.store() instanceof DuckDb duckDb) {
      return List.of(KeyFile.readOrMake(duckDb.keyFile(), ids));
    }
    if (config.secretKeys().isEmpty() && config.store().isShared()) {
      throw new ConfigException(
          "TASKAUTH_SECRET_KEY",
          "is missing; a store that several nodes can share takes a secret of 32 characters or more"
              + " that all of them are given, for instance from `openssl rand -base64 48`");
    }
    return config.secretKeys();
  }

  private static Optional<String> setupCode(ServerConfig config, AuthStore store, Ids ids) {
    String chosen =
        config
            .setupCode()
            .orElseGet(
                () -> config.store().isShared() ? sharedCode(config, store, ids) : ids.secret256());
    return chosen.equals("none") ? Optional.empty() : Optional.of(chosen);
  }

  /**
   * The same on every node, because the link that one of them prints may lead to another; and
   * another for each store, or an old log would open one that was emptied. The store does not know
   * the code, only what is mixed with the key to make it.
   */
  private static String sharedCode(ServerConfig config, AuthStore store, Ids ids) {
    store.migrate();
    SettingStore settings = store.settings();
    Optional<Long> unused = settings.put(SETUP_SALT, "\"" + ids.secret256() + "\"", 0);
    String salt = settings.get(SETUP_SALT).orElseThrow().document();
    byte[] code = SigningKey.of(config.secretKeys().get(0)).derive("setup code " + salt);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(code);
  }

  private static void ensure(TaskAuth auth, ServerConfig.Admin admin) {
    Setup setup = auth.setup().orElseThrow();
    named(
        "TASKAUTH_ADMIN_USER, TASKAUTH_ADMIN_PASSWORD",
        admin,
        a -> {
          boolean unused = setup.ensureAdministrator(a.username(), Password.of(a.password()));
        });
  }

  static WebOptions webOptions(ServerConfig config) {
    WebOptions options =
        WebOptions.defaults()
            .applicationName("taskauth")
            .allowEncodedSlash()
            .strictTransportSecurity("max-age=31536000; includeSubDomains")
            .publicPaths("/health")
            .publicPaths(Installation.publicPaths())
            .requireRole(OPERATOR, "/api/tasks/*", "POST", "PUT", "PATCH", "DELETE")
            .requireRole(OPERATOR, "/api/queues/*", "POST", "PUT", "PATCH", "DELETE")
            .requireRole(OPERATOR, "/api/runs/*", "POST", "PUT", "PATCH", "DELETE")
            .requireRole(OPERATOR, "/tasks/*", "POST")
            .requireRole(OPERATOR, "/queues/*", "POST")
            .requireRole(OPERATOR, "/runs/*", "POST")
            .requireRole(ADMINISTRATOR, "/api/webhooks/*")
            .requireScope(Scopes.ADMIN, "/api/webhooks/*")
            .requireRole(ADMINISTRATOR, "/api/event-types")
            .requireScope(Scopes.ADMIN, "/api/event-types")
            .requireRole(ADMINISTRATOR, "/webhooks/*")
            .requireScope(Scopes.ADMIN, "/webhooks/*")
            .navigation("Dashboard", "/dashboard")
            .navigation("Runs", "/runs")
            .navigation("Webhooks", "/webhooks", ADMINISTRATOR)
            .tokenRoute(TokenRoute.at("/api/drain").methods("GET", "POST", "DELETE").scope("drain"))
            .tokenRoute(TokenRoute.at("/readiness").methods("GET").scope("metrics").orUser())
            .tokenRoute(TokenRoute.at("/metrics").methods("GET").scope("metrics").orUser())
            .webSocket(Site.SOCKET);
    if (config.laxCookies()) {
      options.sameSiteLax();
    }
    config.publicUrl().ifPresent(url -> named("TASKAUTH_PUBLIC_URL", url, options::publicUrl));
    named(
        "TASKAUTH_TRUSTED_PROXIES",
        config.trustedProxies().toArray(String[]::new),
        options::trustedProxies);
    return options;
  }

  private static <T> void named(String variable, T value, Consumer<T> setting) {
    try {
      setting.accept(value);
    } catch (IllegalArgumentException e) {
      throw new ConfigException(variable, String.valueOf(e.getMessage()));
    }
  }
}
