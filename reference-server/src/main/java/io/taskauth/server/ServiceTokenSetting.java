package io.taskauth.server;

import java.util.ArrayList;
import java.util.List;

/**
 * One machine of {@code TASKAUTH_SERVICE_TOKENS}: {@code name:secret:scope+scope}.
 *
 * @param scopes none where it says none
 */
record ServiceTokenSetting(String name, String secret, List<String> scopes) {
  static final String VARIABLE = Setting.SERVICE_TOKENS.variable();

  /** Complains by position: what stands in the wrong place may be the secret. */
  static List<ServiceTokenSetting> parse(String value) {
    List<ServiceTokenSetting> settings = new ArrayList<>();
    for (String entry : value.split(",", -1)) {
      String[] parts = entry.strip().split(":", -1);
      if (parts.length < 2 || parts.length > 3 || parts[0].isBlank() || parts[1].isBlank()) {
        throw new ConfigException(
            VARIABLE,
            "must be name:secret:scope+scope, several separated by commas; number "
                + (settings.size() + 1)
                + " is not");
      }
      List<String> scopes =
          parts.length == 2 || parts[2].isBlank()
              ? List.of()
              : List.of(parts[2].strip().split("\\+", -1));
      settings.add(new ServiceTokenSetting(parts[0].strip(), parts[1].strip(), scopes));
    }
    return settings;
  }

  @Override
  public String toString() {
    return name + " [redacted]";
  }
}
