package io.taskauth.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What may stand in an event. */
class AuditEventTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "access_token",
        "Access_Token",
        "ACCESS-TOKEN",
        "accessToken",
        "AccessToken",
        "ACCESSTOKEN",
        "refresh_token",
        "Refresh-Token",
        "refresh.token",
        "refresh token",
        "id_token",
        "token",
        "TOKEN",
        "csrf_token",
        "csrfToken",
        "xsrf-TOKEN",
        "code",
        "Code",
        "auth_code",
        "authCode",
        "OAuthCode",
        "code_verifier",
        "codeVerifier",
        "CodeVerifier",
        "CODEVERIFIER",
        "state",
        "oauth_state",
        "nonce",
        "ticket",
        "wsTicket",
        "cookie",
        "COOKIE",
        "Set-Cookie",
        "HTTPCookie",
        "authorization",
        "Authorization",
        "X_Authorization",
        "XAuthorization",
        "Proxy-Authorization",
        "password",
        "PASSWORD",
        "newPassword",
        "old_password",
        "user.password",
        "password_",
        "passwd",
        "secret",
        "client_secret",
        "clientSecret",
        "CLIENTSECRET",
        "api_key",
        "apiKey",
        "X-API-Key",
      })
  void detailUnderANameOfSecretsIsLeftOut(String name) {
    AuditEvent event = Events.with(Map.of(name, "hunter2", "method", "password"));

    assertThat(event.details()).isEqualTo(Map.of("method", "password"));
    assertThat(event.toString()).doesNotContain("hunter2");
    assertThat(AuditJson.line(event)).doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "token_name",
        "token_id",
        "tokens_revoked",
        "sessions_revoked",
        "passwordless",
        "password_changed_at",
        "secret_name",
        "code_page",
        "postcode",
        "unicode",
        "estate",
        "method",
        "role",
        "email",
        "display_name",
        "reason",
        "at",
        "scopes",
        "expires_at",
        "target_username",
        "left_out_before",
      })
  void otherDetailsStay(String name) {
    assertThat(Events.with(Map.of(name, "x")).details()).isEqualTo(Map.of(name, "x"));
  }

  @Test
  void textsAreFreedOfControlCharacters() {
    AuditEvent event = Events.with("a\r\nb\u0000\u001b[31m\ud800", Map.of("reason", "x\ny\u0085"));

    assertThat(event.username()).isEqualTo("a  b  [31m?");
    assertThat(event.details()).isEqualTo(Map.of("reason", "x y "));
  }

  @Test
  void textsAreCutAndNeverThroughACharacter() {
    AuditEvent event = Events.with("\uD83D\uDE80".repeat(200), Map.of("reason", "x".repeat(300)));

    assertThat(event.username()).isEqualTo("\uD83D\uDE80".repeat(127));
    assertThat(event.details().get("reason")).hasSize(256);
  }
}
