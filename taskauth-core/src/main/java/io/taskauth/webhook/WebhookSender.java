package io.taskauth.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Brings one request to a receiver. Threads share it. */
public interface WebhookSender extends AutoCloseable {
  /**
   * @param headers also those of the specification (webhook-id and so on)
   * @param body what is sent, in UTF-8
   * @param timeout for everything together: the name, the connection, the request and the answer
   */
  record Request(URI url, Map<String, String> headers, String body, Duration timeout) {
    public Request {
      headers = Map.copyOf(headers);
    }

    /** Headers may hold what the receiver knows its senders by. */
    @Override
    public String toString() {
      return "Request[" + url.getHost() + "]";
    }
  }

  /** What came of it. */
  sealed interface Answer {
    /**
     * The receiver answered.
     *
     * @param body its beginning, 2 KiB of UTF-8 at most, cut on the edge of a character
     */
    record Responded(int status, String body) implements Answer {}

    /**
     * Nothing was sent, because the address must not be connected to.
     *
     * @param reason a sentence for whoever set the address
     */
    record Refused(String reason) implements Answer {}

    /**
     * No answer came, or not in time.
     *
     * @param reason a sentence for whoever set the address
     */
    record Failed(String reason) implements Answer {}
  }

  /** Sends it, and throws nothing whatever the receiver does. Redirects are not followed. */
  Answer send(Request request);

  /** What is wrong with an address before anything is sent to it; empty where nothing is. */
  Optional<String> objection(URI url);

  @Override
  void close();
}
