package io.taskauth.store;

import io.taskauth.accesstoken.TokenId;
import io.taskauth.session.SessionId;
import java.util.UUID;

/** A {@link Change} as one line of text, as stores send it to the other nodes. */
public final class ChangeText {
  private ChangeText() {}

  public static String of(Change change) {
    if (change instanceof Change.OfUser of) {
      return "user " + of.userId();
    }
    if (change instanceof Change.OfSession of) {
      return "session " + of.userId() + ' ' + of.sessionId();
    }
    if (change instanceof Change.OfToken of) {
      return "token " + of.userId() + ' ' + of.tokenId();
    }
    if (change instanceof Change.OfService of) {
      return "service " + of.accountId();
    }
    if (change instanceof Change.OfWork of) {
      return "work " + of.id() + ' ' + of.pool();
    }
    if (change instanceof Change.OfSetting of) {
      return "setting " + of.name();
    }
    return "missed";
  }

  /** {@link Change.Missed} where a newer version sends what this one cannot read. */
  public static Change parse(String text) {
    int end = text.indexOf(' ');
    String kind = end < 0 ? text : text.substring(0, end);
    String rest = text.substring(end + 1);
    try {
      return switch (kind) {
        case "user" -> new Change.OfUser(UUID.fromString(rest));
        case "session" -> new Change.OfSession(owner(rest), new SessionId(credential(rest)));
        case "token" -> new Change.OfToken(owner(rest), new TokenId(credential(rest)));
        case "service" -> new Change.OfService(UUID.fromString(rest));
        case "work" -> new Change.OfWork(credential(rest), owner(rest));
        case "setting" -> new Change.OfSetting(rest);
        default -> new Change.Missed();
      };
    } catch (IllegalArgumentException e) {
      return new Change.Missed();
    }
  }

  private static UUID owner(String rest) {
    return UUID.fromString(rest.substring(0, rest.indexOf(' ') + 1).strip());
  }

  private static String credential(String rest) {
    return rest.substring(rest.indexOf(' ') + 1);
  }
}
