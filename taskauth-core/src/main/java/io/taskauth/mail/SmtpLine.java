package io.taskauth.mail;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.angus.mail.util.WriteTimeoutSocket;

/** A connection to the mail server that ends in time, whatever the server does. */
final class SmtpLine implements AutoCloseable {
  private static final int MAX_ANSWERS = 1 << 20;
  private static final ScheduledThreadPoolExecutor TIMER = timer();

  private final Socket socket = new Socket();
  private final SmtpLimits limits;
  private final Future<?> deadline;
  private volatile boolean late;

  SmtpLine(SmtpLimits limits) {
    this.limits = limits;
    // A limit for each read is none for a server that sends a byte a second.
    this.deadline = TIMER.schedule(this::giveUp, limits.whole().toMillis(), TimeUnit.MILLISECONDS);
  }

  Socket connect(String host, int port) throws IOException {
    // STARTTLS checks the certificate against the name of this address. Without a name of its own
    // an IP address would get one from the reverse DNS, which is whoever's who owns the address.
    InetAddress address = InetAddress.getByAddress(host, InetAddress.getByName(host).getAddress());
    int step = Math.toIntExact(limits.step().toMillis());
    socket.connect(new InetSocketAddress(address, port), step);
    socket.setSoTimeout(step);
    return new WriteTimeoutSocket(socket, step, TIMER) {
      @Override
      public InputStream getInputStream() throws IOException {
        return new LimitedInput(super.getInputStream(), MAX_ANSWERS);
      }
    };
  }

  boolean isLate() {
    return late;
  }

  @Override
  public void close() {
    deadline.cancel(false);
    hangUp();
  }

  private void giveUp() {
    late = true;
    hangUp();
  }

  private void hangUp() {
    try {
      socket.close();
    } catch (IOException e) {
      // There is nothing more to be done for it.
    }
  }

  /** One thread, which is only there while something is being sent. */
  private static ScheduledThreadPoolExecutor timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = new Thread(task, "taskauth-mail-timer");
              thread.setDaemon(true);
              thread.setContextClassLoader(SmtpLine.class.getClassLoader());
              return thread;
            });
    timer.setRemoveOnCancelPolicy(true);
    timer.setKeepAliveTime(10, TimeUnit.SECONDS);
    timer.allowCoreThreadTimeOut(true);
    return timer;
  }
}
