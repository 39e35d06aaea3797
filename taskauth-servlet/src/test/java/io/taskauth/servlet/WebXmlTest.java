package io.taskauth.servlet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An application that is configured by its web.xml alone. */
class WebXmlTest {
  private static final String SECRET = "a secret key of more than thirty-two bytes";

  @TempDir Path application;

  @Test
  void webXmlIsEnoughToProtectAnApplication() throws Exception {
    Path password = Files.writeString(application.resolve("password"), Site.PASSWORD + "\n");
    TomcatContainer tomcat =
        deploy(
            Map.of(
                "username", "console",
                "passwordFile", password.toString(),
                "secretKey", SECRET,
                "publicPaths", "/public/*, /health",
                "sameSite", "lax",
                "sameOriginForms", "/console/*",
                "applicationName", "Night shift"));
    try {
      assertThat(call(tomcat, "GET", "/jobs").send().status()).isEqualTo(401);
      assertThat(call(tomcat, "GET", "/health").send().isFromHost()).isTrue();
      assertThat(call(tomcat, "GET", "/auth/login").send().text()).contains("Night shift");
      Answer in =
          call(tomcat, "POST", "/api/auth/login")
              .json(Site.credentials("console", Site.PASSWORD))
              .send();
      assertThat(in.status()).as("%s", in).isEqualTo(200);
      SignedIn console = Site.signedIn(in);
      assertThat(console.sessionCookie()).endsWith("SameSite=Lax");
      assertThat(call(tomcat, "GET", "/jobs").as(console).send().text())
          .contains("user=console", "roles=viewer,operator,admin");
      Call ownForm = call(tomcat, "POST", "/console/x").header("Sec-Fetch-Site", "same-origin");
      assertThat(ownForm.as(console).send().text()).contains("user=console");
    } finally {
      tomcat.stop();
    }
  }

  /** The file that docs/embedding.md shows; the build sets the variables that it names. */
  @Test
  void webXmlOfTheGuideProtectsAnApplication() throws Exception {
    TomcatContainer tomcat = deploy(Files.readString(Path.of("src/test/resources/docs/web.xml")));
    try {
      assertThat(call(tomcat, "GET", "/jobs").browser().send().location())
          .isEqualTo("/auth/login?next=%2Fjobs");
      Answer in =
          call(tomcat, "POST", "/api/auth/login")
              .json(Site.credentials("admin", System.getenv("CONSOLE_PASSWORD")))
              .send();
      assertThat(in.status()).as("%s", in).isEqualTo(200);
      SignedIn admin = Site.signedIn(in);
      assertThat(call(tomcat, "GET", "/async").as(admin).send().text())
          .contains("user=admin", "dispatch=ASYNC");
    } finally {
      tomcat.stop();
    }
  }

  @Test
  void unknownParameterStopsTheStart() {
    assertThatThrownBy(
            () -> deploy(Map.of("username", "a", "password", Site.PASSWORD, "pubicPaths", "/x")))
        .isInstanceOf(IllegalStateException.class);
  }

  private TomcatContainer deploy(Map<String, String> parameters) throws Exception {
    String init =
        new TreeMap<>(parameters)
            .entrySet().stream()
                .map(
                    e ->
                        "<init-param><param-name>%s</param-name><param-value>%s</param-value></init-param>"
                            .formatted(e.getKey(), e.getValue()))
                .collect(Collectors.joining("\n"));
    return deploy(
        """
        <web-app xmlns="https://jakarta.ee/xml/ns/jakartaee" version="6.0">
          <filter>
            <filter-name>taskauth</filter-name>
            <filter-class>io.taskauth.servlet.TaskAuthFilter</filter-class>
            <async-supported>true</async-supported>
            %s
          </filter>
          <filter-mapping>
            <filter-name>taskauth</filter-name>
            <url-pattern>/*</url-pattern>
          </filter-mapping>
          <servlet>
            <servlet-name>host</servlet-name>
            <servlet-class>io.taskauth.servlet.HostServlet</servlet-class>
          </servlet>
          <servlet-mapping>
            <servlet-name>host</servlet-name>
            <url-pattern>/*</url-pattern>
          </servlet-mapping>
        </web-app>
        """
            .formatted(init));
  }

  private TomcatContainer deploy(String webXml) throws Exception {
    Files.createDirectories(application.resolve("WEB-INF"));
    Files.writeString(application.resolve("WEB-INF/web.xml"), webXml);
    return TomcatContainer.deploy(application);
  }

  private static Call call(Container container, String method, String path) {
    return new Call(container.port(), method, path);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pubicPaths=/x | pubicPaths",
        "Username=x | Username",
        "password=- | username",
        "username=- | username",
        "username=a b | user",
        "password=short | user",
        "passwordFile=/tmp/x | passwordFile",
        "password=-,passwordFile=/nowhere/at/all | passwordFile",
        "password=-,passwordEnv=TASKAUTH_NO_SUCH_VARIABLE | TASKAUTH_NO_SUCH_VARIABLE",
        "secretKey=too short | secretKey",
        "secretKeyFile=/nowhere/at/all | secretKeyFile",
        "secretKeyEnv=TASKAUTH_NO_SUCH_VARIABLE | TASKAUTH_NO_SUCH_VARIABLE",
        "mountPath=tools | mountPath",
        "mountPath=/tools/ | mountPath",
        "mountPath=/../x | mountPath",
        "publicPaths=public | publicPaths",
        "publicPaths=/a*b | publicPaths",
        "publicUrl=tools.example.com | publicUrl",
        "publicUrl=ftp://tools.example.com | publicUrl",
        "trustedProxies=proxy.example | trustedProxies",
        "trustedProxies=10.0.0.0/99 | trustedProxies",
        "sameSite=none | sameSite",
        "sameOriginForms=h2 | sameOriginForms",
        "defaultRole=nobody | defaultRole",
        "logo=https://elsewhere.example/x.png | logo",
        "stylesheet=//elsewhere.example/x.css | stylesheet",
        "applicationName=. | applicationName"
      })
  void settingThatMakesNoSenseIsNamed(String settings, String named) {
    Map<String, String> parameters =
        new TreeMap<>(Map.of("username", "console", "password", Site.PASSWORD));
    for (String setting : settings.split(",")) {
      String[] parts = setting.split("=", 2);
      String value = parts[1].equals(".") ? " " : parts[1];
      if (value.equals("-")) {
        parameters.remove(parts[0]);
      } else {
        parameters.put(parts[0], value);
      }
    }
    assertThatThrownBy(() -> new TaskAuthFilter().init(config(parameters)))
        .isInstanceOf(ServletException.class)
        .hasMessageContaining(named)
        .hasMessageNotContaining(Site.PASSWORD);
  }

  private static FilterConfig config(Map<String, String> parameters) {
    ClassLoader loader = WebXmlTest.class.getClassLoader();
    Object context =
        Proxy.newProxyInstance(loader, new Class<?>[] {ServletContext.class}, (p, m, a) -> null);
    return (FilterConfig)
        Proxy.newProxyInstance(
            loader,
            new Class<?>[] {FilterConfig.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "getInitParameterNames" -> Collections.enumeration(parameters.keySet());
                  case "getInitParameter" -> parameters.get((String) arguments[0]);
                  case "getServletContext" -> context;
                  default -> null;
                });
  }
}
