package io.taskauth.servlet;

// docs:begin ldap
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPConnection;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.ResultCode;
import com.unboundid.ldap.sdk.SearchResultEntry;
import com.unboundid.ldap.sdk.SearchScope;
import io.taskauth.login.AuthBackend;
import io.taskauth.login.BackendAnswer;
import io.taskauth.password.Password;

/** Signs in whoever can bind to a directory; members of the group "admins" administer. */
final class LdapBackend implements AuthBackend {
  private static final String PEOPLE = "ou=people,dc=example,dc=com";
  private static final String ADMINS = "cn=admins,ou=groups,dc=example,dc=com";

  private final String host;
  private final int port;

  LdapBackend(String host, int port) {
    this.host = host;
    this.port = port;
  }

  @Override
  public BackendAnswer authenticate(String username, Password password) throws LDAPException {
    if (password.reveal().isEmpty()) {
      // A bind without a password is an anonymous one, and succeeds (RFC 4513, section 5.1.2).
      return BackendAnswer.refused();
    }
    try (LDAPConnection connection = new LDAPConnection(host, port)) {
      // Never put together as text: "*)(uid=*" is a user name, too.
      Filter byName = Filter.createEqualityFilter("uid", username);
      SearchResultEntry entry =
          connection.searchForEntry(PEOPLE, SearchScope.ONE, byName, "uid", "mail", "cn");
      if (entry == null) {
        return BackendAnswer.notMine();
      }
      boolean admin = connection.compare(ADMINS, "member", entry.getDN()).compareMatched();
      connection.bind(entry.getDN(), password.reveal());
      return BackendAnswer.accepted(entry.getAttributeValue("uid"))
          .role(admin ? "admin" : "viewer")
          .email(entry.getAttributeValue("mail"))
          .displayName(entry.getAttributeValue("cn"));
    } catch (LDAPException e) {
      if (e.getResultCode() == ResultCode.INVALID_CREDENTIALS) {
        return BackendAnswer.refused();
      }
      throw e; // The directory is out: "try again", not "wrong password".
    }
  }
}
// docs:end ldap
