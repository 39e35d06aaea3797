package io.taskauth.servlet;

import jakarta.servlet.Filter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.LifecycleState;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.apache.catalina.webresources.TomcatURLStreamHandlerFactory;
import org.apache.tomcat.util.descriptor.web.ErrorPage;

/** Tomcat: 11, or 10.1 where this class is loaded beside that. */
final class TomcatContainer implements Container {
  private final Tomcat tomcat = new Tomcat();

  // Kept, or the level would be collected with the logger.
  private static final Logger LOG = Logger.getLogger("org.apache");

  static {
    LOG.setLevel(Level.OFF);
    // There is one per JVM, and the other Tomcat would miss it.
    TomcatURLStreamHandlerFactory.disable();
  }

  private TomcatContainer(Path directory) {
    tomcat.setBaseDir(directory.toString());
    Connector connector = new Connector();
    connector.setPort(0);
    connector.setProperty("address", "127.0.0.1");
    tomcat.setConnector(connector);
  }

  static TomcatContainer start(String contextPath, Filter gate) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "tomcat");
    TomcatContainer container = new TomcatContainer(directory.toAbsolutePath());
    Context context = container.tomcat.addContext(contextPath, null);
    ErrorPage errors = new ErrorPage();
    errors.setErrorCode(500);
    errors.setLocation(HostApp.ERROR_PAGE);
    context.addErrorPage(errors);
    context.addServletContainerInitializer(
        (classes, servletContext) -> HostApp.install(servletContext, gate), Set.of());
    container.tomcat.start();
    if (context.getState() != LifecycleState.STARTED) {
      throw new IllegalStateException("the application did not start");
    }
    return container;
  }

  /** An application on the disk, with a web.xml of its own. */
  static TomcatContainer deploy(Path application) throws Exception {
    Path directory = Files.createTempDirectory(Path.of("target"), "tomcat");
    TomcatContainer container = new TomcatContainer(directory.toAbsolutePath());
    container.tomcat.setAddDefaultWebXmlToWebapp(false);
    Context context = container.tomcat.addWebapp("", application.toAbsolutePath().toString());
    context.getJarScanner().setJarScanFilter((type, name) -> false);
    context.setParentClassLoader(TomcatContainer.class.getClassLoader());
    container.tomcat.start();
    if (context.getState() != LifecycleState.STARTED) {
      container.stop();
      throw new IllegalStateException("the application did not start");
    }
    return container;
  }

  @Override
  public int port() {
    return tomcat.getConnector().getLocalPort();
  }

  @Override
  public void stop() {
    try {
      tomcat.stop();
      tomcat.destroy();
    } catch (LifecycleException e) {
      throw new IllegalStateException(e);
    }
  }
}
