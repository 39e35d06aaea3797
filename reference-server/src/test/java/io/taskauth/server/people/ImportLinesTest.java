package io.taskauth.server.people;

import static org.assertj.core.api.Assertions.assertThat;

import io.taskauth.store.InMemoryAuthStore;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Single users of files, good and bad. What is bad says why and repeats nothing. */
class ImportLinesTest {
  private static final String HEX_32 = "0123456789abcdef".repeat(4);

  @AutoClose private final Imports imports = new Imports(new InMemoryAuthStore());

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "ada,ada@example.org,Ada,operator,true,D|",
        "ada|another number of fields",
        "ada,,,,,,|another number of fields",
        "ada,,,,,|",
        "\"ada\",\"\",\"\",\"\",\"\",\"\"|",
        "  ada  ,  ada@example.org  ,,,,|",
        "Ada.Lovelace_+@x-1,,,,,|",
        "ada@example.org,ada@example.org,,,,|",
        ",,,,,|no username",
        "   ,a@example.org,,,,|no username",
        "google:1815,,,,,|username must be",
        "ada lovelace,,,,,|username must be",
        "\u00e4da,,,,,|username must be",
        "hunter22:x,,,,,|username must be",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,,,,,|username must be",
        "ROOT,,,,,|existing",
        "root,root@example.org,,admin,,md5$hunter22$x|md5",
        "ada,hunter22,,,,|e-mail",
        "ada,a@b@c,,,,|e-mail",
        "ada,\"a@b,c@d\",,,,|e-mail",
        "ada,root,,,,|e-mail",
        "ada,,\"Lovelace, Ada\",,,|",
        "ada,,\"Ada \"\"Countess\"\" Lovelace\",,,|",
        "ada,,\u5bc6\u7801 \ud83d\ude00,,,|",
        "ada,,\"Ada~Lovelace\",,,|display name",
        "ada,,hunter22\u0007,,,|display name",
        "ada,,,viewer,,|",
        "ada,,,admin,,|",
        "ada,,,root,,|viewer, operator, admin",
        "ada,,,Admin,,|viewer, operator, admin",
        "ada,,,,TRUE,|",
        "ada,,,,0,|",
        "ada,,,,no,|",
        "ada,,,,hunter22,|true or false",
        "ada,,,,2,|true or false",
        "ada,,,,,!unusable|",
        "ada,,,,,pbkdf2_sha256$1000$00ff$H|",
        "ada,,,,,pbkdf2_sha256$9000000$00ff$H|5000000",
        "ada,,,,,pbkdf2_sha256$1000$hunter22$x|PBKDF2",
        "ada,,,,,\"argon2$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA\"|",
        "ada,,,,,\"$argon2id$v=19$m=1048576,t=100,p=16$c2FsdHNhbHQ$AAAAAAAAAAAAAAAAAAAAAA\"|256 MiB",
        "ada,,,,,md5$hunter22$7d793037a0760186574b0282f2f435e7|md5",
        "ada,,,,,bcrypt$$2b$12$hunter22hunter22|bcrypt",
        "ada,,,,,hunter22|no password hash",
      })
  void lineOfCsv(String line, String reason) throws Exception {
    // The source of these lines knows no line breaks within one.
    String full =
        line.replace('~', '\n')
            .replace("$H", "$" + HEX_32)
            .replaceFirst(",D$", "," + Imports.DJANGO.replace("$", "\\$"));
    String content = "username,email,display_name,role,active,password_hash\r\n" + full + "\r\n";

    assertOutcome(imports.run(Map.of("content", content)), "line 2", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"username\":\"ada\"}|",
        "{\"username\":\"ada\",\"email\":null,\"active\":false,\"role\":\"admin\"}|",
        "{\"username\":\"ada\",\"active\":\"no\",\"password_hash\":\"\"}|",
        "{\"username\":\"ada\",\"password_hash\":\"md5$hunter22$x\"}|md5",
        "{\"username\":\"ada\",\"password_hash\":{\"hunter22\":1}}|'password_hash' must be text",
        "{\"username\":5}|'username' must be text",
        "{\"username\":\"ada\",\"active\":1}|'active' must be true or false",
        "{\"username\":\"ada\",\"role\":\"root\"}|viewer, operator, admin",
        "{\"username\":\"a\\u0000da\"}|username must be",
        "{\"username\":\"ada\",\"display_name\":\"\\ud800\"}|display name",
        "{\"username\":\"github:1\"}|username must be",
        "{}|no username",
        "[]|no object",
        "\"hunter22\"|no object",
        "null|no object",
      })
  void entryOfJson(String entry, String reason) throws Exception {
    assertOutcome(imports.run(Map.of("content", "[" + entry + "]")), "entry 1", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"username\":\"ada\",\"password\":\"!\",\"is_active\":true,\"is_superuser\":false}|",
        "{\"username\":\"ada\",\"password\":\"\",\"first_name\":\"Ada\",\"groups\":[]}|",
        "{\"username\":\"ada\",\"password\":\"md5$hunter22$x\"}|md5",
        "{\"username\":\"ada\",\"password\":\"hunter22\"}|no password hash",
        "{\"username\":\"ada\",\"password\":22}|'password' must be text",
        "{\"username\":\"ada\",\"is_active\":2}|'is_active' must be true or false",
        "{\"username\":\"ada\",\"first_name\":[]}|'first_name' must be text",
        "{\"name\":\"editors\",\"permissions\":[]}|no username",
        "[]|no entry of Django",
        "null|no entry of Django",
      })
  void entryOfDjango(String fields, String reason) throws Exception {
    String entry = "{\"model\":\"auth.user\",\"pk\":1,\"fields\":" + fields + "}";

    assertOutcome(imports.run(Map.of("content", "[" + entry + "]")), "entry 1", reason);
  }

  private void assertOutcome(String report, String where, String reason) {
    assertThat(report).doesNotContain("hunter22", HEX_32, "seasalt");
    if (reason == null) {
      assertThat(report).startsWith("1 imported, 0 skipped because they exist, 0 bad.");
    } else if (reason.equals("existing")) {
      assertThat(report).startsWith("0 imported, 1 skipped because they exist, 0 bad.");
    } else {
      assertThat(report).startsWith("0 imported, 0 skipped because they exist, 1 bad.");
      assertThat(report.lines().reduce((a, b) -> b).orElseThrow())
          .startsWith(where + ": ")
          .contains(reason);
    }
  }
}
