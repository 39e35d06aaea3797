package io.taskauth.mail;

import static org.assertj.core.api.Assertions.assertThat;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.taskauth.user.EmailAddress;
import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a container the context class loader of a thread may be any, or none. */
class SmtpClassLoaderTest {
  private static final Mail MAIL = new Mail(new EmailAddress("ada@example.org"), "Ünder", "Über");

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP).dynamicPort());

  @BeforeEach
  void start() {
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void mailIsSentWhateverTheThreadsClassLoaderIs() throws Exception {
    sendWith(null);
    sendWith(ClassLoader.getPlatformClassLoader());
    // A container that has a Jakarta Mail of its own.
    try (var other = new URLClassLoader(classPath(), ClassLoader.getPlatformClassLoader())) {
      sendWith(other);
    }
    assertThat(server.getReceivedMessages()).hasSize(3);
  }

  private void sendWith(ClassLoader loader) {
    String url = "smtp://127.0.0.1:" + server.getSmtp().getPort();
    SmtpMailer mailer = SmtpMailer.of(url, "noreply@example.com");
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      mailer.send(MAIL);
      assertThat(thread.getContextClassLoader()).isSameAs(loader);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  private static URL[] classPath() {
    String[] jars = System.getProperty("java.class.path").split(File.pathSeparator);
    URL[] urls = new URL[jars.length];
    Arrays.setAll(urls, i -> url(jars[i]));
    return urls;
  }

  private static URL url(String jar) {
    try {
      return Path.of(jar).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
