package io.taskauth.servlet.docs.boot;

import io.taskauth.TaskAuth;
import io.taskauth.servlet.TaskAuthFilter;
import io.taskauth.servlet.WebOptions;
import io.taskauth.store.duckdb.DuckDbAuthStore;
import jakarta.servlet.DispatcherType;
import java.nio.file.Path;
import java.util.EnumSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;

// docs:begin boot
@SpringBootApplication
public class ConsoleApplication {
  public static void main(String[] args) {
    SpringApplication.run(ConsoleApplication.class, args);
  }

  @Bean
  TaskAuth taskAuth(
      @Value("${console.data}") Path data, @Value("${console.secret}") String secret) {
    return TaskAuth.builder()
        .store(DuckDbAuthStore.open(data.resolve("auth.duckdb")))
        .secretKeys(secret) // 32 bytes or more
        .build();
  }

  @Bean
  FilterRegistrationBean<TaskAuthFilter> taskAuthFilter(TaskAuth auth) {
    WebOptions options = WebOptions.defaults().requireRole("admin", "/settings/*");
    FilterRegistrationBean<TaskAuthFilter> gate =
        new FilterRegistrationBean<>(new TaskAuthFilter(auth, options));
    gate.setOrder(Ordered.HIGHEST_PRECEDENCE);
    gate.setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
    return gate;
  }
}
// docs:end boot
