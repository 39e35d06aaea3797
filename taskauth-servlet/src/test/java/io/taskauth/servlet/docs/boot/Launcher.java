package io.taskauth.servlet.docs.boot;

import java.util.Map;
import java.util.function.Function;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Starts the application of the guide as its {@code main} does, in whatever Spring Boot its class
 * loader has; only the JDK's and the core's types pass.
 */
public final class Launcher implements Function<String[], Map<String, Object>> {
  static {
    // There is one per JVM, and the other Tomcat would miss it.
    TomcatURLStreamHandlerFactory.disable();
  }

  @Override
  public Map<String, Object> apply(String[] arguments) {
    ConfigurableApplicationContext context =
        SpringApplication.from(ConsoleApplication::main).run(arguments).getApplicationContext();
    Runnable stop = context::close;
    return Map.of(
        "version", SpringBootVersion.getVersion(),
        "port", context.getEnvironment().getRequiredProperty("local.server.port", Integer.class),
        "stop", stop);
  }
}
