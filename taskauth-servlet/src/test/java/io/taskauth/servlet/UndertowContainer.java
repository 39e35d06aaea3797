package io.taskauth.servlet;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.PathHandler;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.Filter;
import jakarta.servlet.ServletContainerInitializer;
import java.net.InetSocketAddress;
import java.util.Set;

/** Undertow 2.3. */
final class UndertowContainer implements Container {
  private final Undertow undertow;

  private UndertowContainer(Undertow undertow) {
    this.undertow = undertow;
  }

  static UndertowContainer start(String contextPath, Filter gate) throws Exception {
    ServletContainerInitializer install = (classes, context) -> HostApp.install(context, gate);
    DeploymentInfo app =
        Servlets.deployment()
            .setClassLoader(UndertowContainer.class.getClassLoader())
            .setDeploymentName("host")
            .setContextPath(contextPath.isEmpty() ? "/" : contextPath)
            .addErrorPage(Servlets.errorPage(HostApp.ERROR_PAGE, 500))
            .addServletContainerInitializer(
                new ServletContainerInitializerInfo(
                    ServletContainerInitializer.class,
                    new ImmediateInstanceFactory<>(install),
                    Set.of()));
    DeploymentManager manager = Servlets.newContainer().addDeployment(app);
    manager.deploy();
    PathHandler paths = Handlers.path().addPrefixPath(app.getContextPath(), manager.start());
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(paths)
            .setIoThreads(2)
            .build();
    undertow.start();
    return new UndertowContainer(undertow);
  }

  @Override
  public int port() {
    return ((InetSocketAddress) undertow.getListenerInfo().get(0).getAddress()).getPort();
  }

  @Override
  public void stop() {
    undertow.stop();
  }
}
