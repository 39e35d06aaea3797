package io.taskauth.oauth;

import io.taskauth.service.ProviderUnavailableException;
import java.util.concurrent.Callable;

/** The one place where whatever a parser throws at us becomes "not to be believed". */
final class Distrust {
  private Distrust() {}

  /**
   * What the work yields. Parsers count how deep they are; the overflow is for one that does not.
   */
  static <T> T of(Callable<T> work) throws RefusedException {
    try {
      return work.call();
    } catch (RefusedException | ProviderUnavailableException e) {
      throw e;
    } catch (Exception | StackOverflowError e) {
      throw new RefusedException("response");
    }
  }
}
