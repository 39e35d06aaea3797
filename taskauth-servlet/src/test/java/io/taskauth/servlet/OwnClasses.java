package io.taskauth.servlet;

import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;

/**
 * A container, or a framework, whose packages are those of another version on the class path: it is
 * loaded here, with the filter in front of it. All else is shared with the tests.
 */
final class OwnClasses extends URLClassLoader {
  private static final List<String> OWN =
      List.of("jakarta.", "org.apache.", "org.springframework.", "io.taskauth.servlet.");

  private OwnClasses(String name, URL[] urls) {
    super(name, urls, OwnClasses.class.getClassLoader());
  }

  /** Of these directories below {@code target}, where the build puts the jars. */
  static OwnClasses of(String... directories) {
    Stream<Path> jars = Stream.of(directories).flatMap(OwnClasses::jars);
    Stream<Path> own = Stream.of(Path.of("target/classes"), Path.of("target/test-classes"));
    URL[] urls = Stream.concat(jars, own).map(OwnClasses::url).toArray(URL[]::new);
    return new OwnClasses(String.join(" ", directories), urls);
  }

  /** Runs it with this as the class loader of the thread, which servers start from. */
  <T> T run(Callable<T> work) throws Exception {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(this);
    try {
      return work.call();
    } finally {
      thread.setContextClassLoader(before);
    }
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

  @Override
  public URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : super.getResource(name);
  }

  /** The other version's lists of what there is to load would name its own classes. */
  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> own = Collections.list(findResources(name));
    return own.isEmpty() ? super.getResources(name) : Collections.enumeration(own);
  }

  private static Stream<Path> jars(String directory) {
    try (Stream<Path> jars = Files.list(Path.of("target", directory))) {
      return jars.toList().stream();
    } catch (IOException e) {
      throw new IllegalStateException("the build puts jars into target/" + directory, e);
    }
  }

  private static URL url(Path path) {
    try {
      return path.toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
