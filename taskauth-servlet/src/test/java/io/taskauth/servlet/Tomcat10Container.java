package io.taskauth.servlet;

import io.taskauth.TaskAuth;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Tomcat 10.1, whose packages are those of Tomcat 11, in a class loader of its own. */
final class Tomcat10Container implements Container {
  private static final ClassLoader LOADER = new ChildFirst(urls());

  private final Map<String, Object> running;

  private Tomcat10Container(Map<String, Object> running) {
    this.running = running;
  }

  @SuppressWarnings("unchecked")
  static Tomcat10Container start(Mount mount, TaskAuth auth) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(LOADER);
    try {
      Class<?> launcher = LOADER.loadClass(Tomcat10Launcher.class.getName());
      var start =
          (BiFunction<String, TaskAuth, Map<String, Object>>)
              launcher.getDeclaredConstructor().newInstance();
      return new Tomcat10Container(start.apply(mount.name(), auth));
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  public int port() {
    return (int) running.get("port");
  }

  @Override
  public void stop() {
    ((Runnable) running.get("stop")).run();
  }

  private static URL[] urls() {
    try (Stream<Path> jars = Files.list(Path.of("target/tomcat10"))) {
      return Stream.concat(
              jars, Stream.of(Path.of("target/classes"), Path.of("target/test-classes")))
          .map(Tomcat10Container::url)
          .toArray(URL[]::new);
    } catch (IOException e) {
      throw new IllegalStateException("the build puts Tomcat 10.1 into target/tomcat10", e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  /** What knows of servlets is loaded here, all else is shared with the tests. */
  private static final class ChildFirst extends URLClassLoader {
    private static final List<String> OWN =
        List.of("jakarta.", "org.apache.", "io.taskauth.servlet.");

    ChildFirst(URL[] urls) {
      super("tomcat10", urls, ChildFirst.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (OWN.stream().noneMatch(name::startsWith)) {
        return super.loadClass(name, resolve);
      }
      synchronized (getClassLoadingLock(name)) {
        Class<?> loaded = findLoadedClass(name);
        return loaded != null ? loaded : findClass(name);
      }
    }
  }
}
