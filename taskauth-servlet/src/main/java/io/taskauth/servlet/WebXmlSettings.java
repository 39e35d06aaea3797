package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import io.taskauth.TaskAuthBuilder;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The init parameters of a {@link TaskAuthFilter}, whose Javadoc lists them.
 *
 * @param ownsAuth whether the filter made the {@code TaskAuth} and has to close it
 */
record WebXmlSettings(TaskAuth auth, WebOptions options, boolean ownsAuth) {
  private static final String CONTEXT_ATTRIBUTE = "io.taskauth.TaskAuth";
  private static final Set<String> KNOWN =
      Set.of(
          "username",
          "password",
          "passwordFile",
          "passwordEnv",
          "secretKey",
          "secretKeyFile",
          "secretKeyEnv",
          "mountPath",
          "publicPaths",
          "publicUrl",
          "trustedProxies",
          "sameSite",
          "sameOriginForms",
          "defaultRole",
          "applicationName",
          "logo",
          "stylesheet");

  static WebXmlSettings read(FilterConfig config) throws ServletException {
    for (String name : Collections.list(config.getInitParameterNames())) {
      if (!KNOWN.contains(name)) {
        throw new ServletException(
            "taskauth: there is no init parameter '" + name + "', only " + new TreeSet<>(KNOWN));
      }
    }
    try {
      WebOptions options = options(config);
      Object shared = config.getServletContext().getAttribute(CONTEXT_ATTRIBUTE);
      return shared instanceof TaskAuth auth
          ? new WebXmlSettings(auth, options, false)
          : new WebXmlSettings(build(config), options, true);
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new ServletException("taskauth: " + e.getMessage(), e);
    }
  }

  private static TaskAuth build(FilterConfig config) throws ServletException {
    String username = config.getInitParameter("username");
    String password = secret(config, "password");
    if (username == null || password == null) {
      throw new ServletException(
          "taskauth: set the init parameters username and password (or passwordFile, or"
              + " passwordEnv), or put a TaskAuth into the servlet context as '"
              + CONTEXT_ATTRIBUTE
              + "'");
    }
    TaskAuthBuilder builder = TaskAuth.builder().user(username, password);
    String keys = secret(config, "secretKey");
    if (keys != null) {
      builder.secretKeys(list(keys));
    }
    return builder.build();
  }

  private static @Nullable String secret(FilterConfig config, String name) throws ServletException {
    String file = config.getInitParameter(name + "File");
    String variable = config.getInitParameter(name + "Env");
    String value = config.getInitParameter(name);
    if (Stream.of(file, variable, value).filter(v -> v != null).count() > 1) {
      throw new ServletException(
          String.format("taskauth: set one of %s, %sFile and %sEnv", name, name, name));
    }
    if (file != null) {
      try {
        return Files.readString(Path.of(file)).strip();
      } catch (IOException e) {
        throw new ServletException("taskauth: cannot read " + name + "File '" + file + "'", e);
      }
    }
    if (variable != null) {
      String found = System.getenv(variable);
      if (found == null) {
        throw new ServletException(
            "taskauth: the environment variable '" + variable + "' is not set");
      }
      return found;
    }
    return value;
  }

  private static WebOptions options(FilterConfig config) {
    WebOptions options = WebOptions.defaults();
    ifSet(config, "mountPath", options::mountPath);
    ifSet(config, "publicPaths", value -> options.publicPaths(list(value)));
    ifSet(config, "publicUrl", options::publicUrl);
    ifSet(config, "trustedProxies", value -> options.trustedProxies(list(value)));
    ifSet(config, "sameOriginForms", value -> options.sameOriginForms(list(value)));
    ifSet(config, "defaultRole", options::defaultRole);
    ifSet(config, "applicationName", options::applicationName);
    ifSet(config, "logo", options::logo);
    ifSet(config, "stylesheet", options::stylesheet);
    ifSet(
        config,
        "sameSite",
        value -> {
          if (value.equals("lax")) {
            options.sameSiteLax();
          } else if (!value.equals("strict")) {
            throw new IllegalArgumentException("sameSite must be strict or lax, not " + value);
          }
        });
    return options;
  }

  private static void ifSet(FilterConfig config, String name, Consumer<String> setter) {
    String value = config.getInitParameter(name);
    if (value != null) {
      setter.accept(value.strip());
    }
  }

  private static String[] list(String value) {
    return List.of(value.split(",", -1)).stream()
        .map(String::strip)
        .filter(entry -> !entry.isEmpty())
        .toArray(String[]::new);
  }
}
