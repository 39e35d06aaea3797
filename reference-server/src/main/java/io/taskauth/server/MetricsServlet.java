package io.taskauth.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.taskauth.metrics.Measurements;
import io.taskauth.metrics.TaskAuthMetrics;
import io.taskauth.server.web.PageHeaders;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** {@code /metrics}: what Prometheus scrapes. */
final class MetricsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;
  private static final String FORMAT = "text/plain; version=0.0.4; charset=utf-8";

  private final transient PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final transient JvmGcMetrics collections = new JvmGcMetrics();

  MetricsServlet(Measurements measurements, MeterBinder tasks) {
    new TaskAuthMetrics(measurements).bindTo(registry);
    tasks.bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    collections.bindTo(registry);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] text = registry.scrape(FORMAT).getBytes(UTF_8);
    PageHeaders.write(response, FORMAT);
    response.setContentLength(text.length);
    response.getOutputStream().write(text);
  }

  @Override
  public void destroy() {
    collections.close();
    registry.close();
  }
}
