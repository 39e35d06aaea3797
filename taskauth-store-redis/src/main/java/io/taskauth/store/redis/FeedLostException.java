package io.taskauth.store.redis;

/** The feed has to begin anew. */
final class FeedLostException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FeedLostException(String reason) {
    super(reason);
  }
}
