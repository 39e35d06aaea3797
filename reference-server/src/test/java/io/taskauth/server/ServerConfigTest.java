package io.taskauth.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerConfigTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TASKAUTH_PORT|eighty",
        "TASKAUTH_PORT|65536",
        "TASKAUTH_PORT|-1",
        "TASKAUTH_STORE|mysql://db",
        "TASKAUTH_STORE|duckdb:",
        "TASKAUTH_AUTH|yes",
        "TASKAUTH_ALLOW_INSECURE|1",
        "TASKAUTH_SESSION_TTL|24h",
        "TASKAUTH_IDLE_TIMEOUT|thirty minutes",
        "TASKAUTH_ADMIN_PASSWORD|alone it makes no sense",
        "TASKAUTH_ADMIN_PASSWORD_FILE|/nowhere/at/all",
        "TASKAUTH_SMTP_URL|smtps://alone.example.com",
        "TASKAUTH_MAIL_FROM|alone@example.com",
        "TASKAUTH_STROE|memory",
        "TASKAUTH_WATCHER|yes",
        "TASKAUTH_WEBHOOKS_ALLOW_PRIVATE|yes",
        "TASKAUTH_SAME_SITE|none",
        "TASKAUTH_PASSWORD_LOGIN|off",
        "TASKAUTH_PASSWORD_LOGIN|false",
        "TASKAUTH_OAUTH_FIRST_USER_ADMIN|yes",
        "TASKAUTH_OAUTH_ADMIN_EMAILS|ada@example.org",
        "TASKAUTH_OAUTH_OIDC_PROVIDERS|Corp",
        "TASKAUTH_OAUTH_OIDC_PROVIDERS|service",
        "TASKAUTH_OAUTH_OIDC_PROVIDERS|github",
        "TASKAUTH_OAUTH_OIDC_PROVIDERS|corp,corp",
        "TASKAUTH_OAUTH_OIDC_PROVIDERS|a-b,a_b",
        "TASKAUTH_OAUTH_OIDC_CORP_CLIENT_ID|of a slot that there is not",
      })
  void aValueThatMakesNoSenseIsRefusedByName(String variable, String value) {
    assertThatThrownBy(() -> ServerConfig.from(Map.of(variable, value)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(variable)
        .hasMessageNotContaining("\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "TASKAUTH_SECRET_KEY|too short",
        "TASKAUTH_SECRET_KEY|aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "TASKAUTH_SESSION_TTL|PT1S",
        "TASKAUTH_IDLE_TIMEOUT|PT10S",
        "TASKAUTH_SETUP_CODE|short",
        "TASKAUTH_PUBLIC_URL|tools.example.com",
        "TASKAUTH_TRUSTED_PROXIES|10.0.0.0/99",
        "TASKAUTH_TRUSTED_PROXIES|proxy.example.com",
        "TASKAUTH_AUDIT_LOG|/",
        "TASKAUTH_AUDIT_LOG|/dev/null/audit.jsonl",
        "TASKAUTH_HOST|no.such.host.invalid",
      })
  void aValueThatTheLibraryRefusesNamesTheVariable(String variable, String value) {
    ServerConfig config =
        ServerConfig.from(
            Map.of("TASKAUTH_STORE", "memory", "TASKAUTH_PORT", "0", variable, value));
    assertThatThrownBy(() -> ReferenceServer.start(config).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(variable);
  }

  @ParameterizedTest
  @CsvSource({
    "GOOGLE_CLIENT_ID,GOOGLE_CLIENT_SECRET",
    "GOOGLE_CLIENT_SECRET,GOOGLE_CLIENT_ID",
    "GOOGLE_ALLOWED_DOMAINS,GOOGLE_CLIENT_ID",
    "GITHUB_ALLOWED_ORGS,GITHUB_CLIENT_ID",
    "GITHUB_API_URL,GITHUB_CLIENT_ID"
  })
  void settingThatDoesNothingWithoutAnotherIsRefused(String alone, String missing) {
    assertThatThrownBy(
            () -> ServerConfig.from(Map.of("TASKAUTH_OAUTH_" + alone, "https://example.org")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_OAUTH_" + missing + ": is missing");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "CLIENT_ID|",
        "DISCOVERY_URL|",
        "DISCOVERY_URL|http://sso.example.org",
        "DISCOVERY_URL|not an address",
        "REQUIRED_CLAIMS|groups",
        "ROLES|groups=admins",
        "ROLES|groups=admins:emperor",
        "ROLES_AT|always",
        "LOGOUT|none",
        "ALLOWED_DOMAINS|not a domain",
        "CLIENT_SECERT|misspelt"
      })
  void settingOfAProviderThatMakesNoSenseIsRefusedWithoutTheSecret(String name, String value) {
    Map<String, String> settings =
        new HashMap<>(
            Map.of(
                "TASKAUTH_STORE", "memory",
                "TASKAUTH_PORT", "0",
                "TASKAUTH_OAUTH_OIDC_PROVIDERS", "corp-id",
                "TASKAUTH_OAUTH_OIDC_CORP_ID_CLIENT_ID", "id",
                "TASKAUTH_OAUTH_OIDC_CORP_ID_CLIENT_SECRET", "hunter22",
                "TASKAUTH_OAUTH_OIDC_CORP_ID_DISCOVERY_URL", "https://sso.example.org"));
    assertThat(ServerConfig.from(settings).toString()).doesNotContain("hunter22");
    settings.put("TASKAUTH_OAUTH_OIDC_CORP_ID_" + name, value == null ? "" : value);
    assertThatThrownBy(() -> ReferenceServer.start(ServerConfig.from(settings)).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_OAUTH_")
        .hasMessageNotContaining("hunter22")
        .hasMessageNotContaining("\n");
  }

  @Test
  void aStoreAddressWithAPasswordIsNotRepeated() {
    assertThatThrownBy(
            () -> ServerConfig.from(Map.of("TASKAUTH_STORE", "mysql://root:hunter22@db/x")))
        .hasMessageNotContaining("hunter22");
  }

  @ParameterizedTest
  @CsvSource({
    "mail.example.com,robot@example.com",
    "http://robot:hunter22@mail.example.com,robot@example.com",
    "smtps://robot:hunter22@,robot@example.com",
    "smtps://robot:hunter22@mail.example.com,nobody"
  })
  void mailSettingsThatMakeNoSenseAreRefusedWithoutThePassword(String url, String from) {
    ServerConfig config =
        ServerConfig.from(
            Map.of(
                "TASKAUTH_STORE",
                "memory",
                "TASKAUTH_PORT",
                "0",
                "TASKAUTH_SMTP_URL",
                url,
                "TASKAUTH_MAIL_FROM",
                from));
    assertThat(config.toString()).doesNotContain("hunter22");
    assertThatThrownBy(() -> ReferenceServer.start(config).close())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("TASKAUTH_SMTP_URL")
        .hasMessageNotContaining("hunter22");
  }

  @ParameterizedTest
  @CsvSource({"0.0.0.0", "192.168.1.7", "::", "tools.example.com", "127.0.0.1.example.com"})
  void withoutAuthenticationItListensOnLoopbackOnly(String host) {
    Map<String, String> open = Map.of("TASKAUTH_AUTH", "off", "TASKAUTH_HOST", host);
    assertThatThrownBy(() -> ServerConfig.from(open)).hasMessageContaining("TASKAUTH_AUTH");
    assertThat(
            ServerConfig.from(
                    Map.of(
                        "TASKAUTH_AUTH", "off",
                        "TASKAUTH_HOST", host,
                        "TASKAUTH_ALLOW_INSECURE", "true"))
                .authentication())
        .isFalse();
  }

  @Test
  void theDefaultsAreThoseOfTheDocumentation() {
    ServerConfig config = ServerConfig.from(Map.of());
    assertThat(config.host()).isEqualTo("127.0.0.1");
    assertThat(config.port()).isEqualTo(8080);
    assertThat(config.store())
        .isEqualTo(new StoreChoice.DuckDb(Path.of("data/taskauth.duckdb").toAbsolutePath()));
    assertThat(config.authentication()).isTrue();
    assertThat(config.watcher()).isTrue();
  }

  @Test
  void whatAServerGivesItsChildrenIsNoSettingAndNoMistake() {
    Map<String, String> inherited = Map.of("TASKAUTH_INTERNAL_CREDENTIAL", "taskauth_internal_x");
    assertThat(ServerConfig.from(inherited).toString()).doesNotContain("taskauth_internal_x");
  }

  @Test
  void secretsCanComeFromFiles(@TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "correct horse battery\n");
    ServerConfig config =
        ServerConfig.from(
            Map.of(
                "TASKAUTH_ADMIN_USER", "root",
                "TASKAUTH_ADMIN_PASSWORD_FILE", file.toString(),
                "TASKAUTH_SESSION_TTL", "PT8H"));
    assertThat(config.admin().orElseThrow().password()).isEqualTo("correct horse battery");
    assertThat(config.sessionTtl()).contains(Duration.ofHours(8));
    assertThat(config.toString()).doesNotContain("battery");
  }
}
