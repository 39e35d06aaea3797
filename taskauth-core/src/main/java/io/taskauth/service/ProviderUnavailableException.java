package io.taskauth.service;

/**
 * What a provider asks cannot be reached: "try again in a moment", never "wrong token". The message
 * goes to the log and not to the client.
 */
public final class ProviderUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public ProviderUnavailableException(String message) {
    super(message);
  }

  public ProviderUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
