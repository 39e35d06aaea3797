package io.taskauth;

import io.taskauth.access.CsrfTokens;
import io.taskauth.accesstoken.AccessTokens;
import io.taskauth.admin.IdentityAdministration;
import io.taskauth.admin.UserAdministration;
import io.taskauth.audit.AuditLog;
import io.taskauth.audit.AuditTrail;
import io.taskauth.internal.Ids;
import io.taskauth.live.InternalCredential;
import io.taskauth.live.LiveRegistry;
import io.taskauth.live.WebSocketTickets;
import io.taskauth.login.AuthorizationCodes;
import io.taskauth.login.Logins;
import io.taskauth.login.PasswordChange;
import io.taskauth.login.PasswordReset;
import io.taskauth.login.Setup;
import io.taskauth.mail.LinkMails;
import io.taskauth.metrics.Measurements;
import io.taskauth.principal.Authentication;
import io.taskauth.principal.Authenticator;
import io.taskauth.principal.Credential;
import io.taskauth.principal.Principal;
import io.taskauth.provider.IdentityProviders;
import io.taskauth.service.ServiceAccounts;
import io.taskauth.session.ClientInfo;
import io.taskauth.session.SessionDirectory;
import io.taskauth.token.Sealer;
import io.taskauth.user.Roles;
import io.taskauth.webhook.Webhooks;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * Sign-in for an application, in one object: build it once, hand it to a {@code TaskAuthFilter},
 * close it when the application ends.
 *
 * <pre>{@code
 * TaskAuth auth = TaskAuth.builder().user("admin", "a long secret").build();
 * }</pre>
 *
 * <p>Immutable and safe for use by any number of threads, virtual ones too.
 */
public final class TaskAuth implements AutoCloseable {
  private final Parts parts;

  /** What a TaskAuth is made of; the {@code Optional}s are empty where there is no store. */
  record Parts(
      boolean enabled,
      boolean passwordLogin,
      Roles roles,
      InstantSource clock,
      Ids ids,
      AuditTrail audit,
      CsrfTokens csrf,
      Function<String, Sealer> sealers,
      SessionDirectory sessions,
      Logins logins,
      Optional<Setup> setup,
      Optional<PasswordChange> passwordChange,
      Optional<PasswordReset> passwordReset,
      Optional<AuthorizationCodes> authorizationCodes,
      Optional<UserAdministration> userAdministration,
      Optional<IdentityProviders> identityProviders,
      Optional<IdentityAdministration> identityAdministration,
      Optional<AccessTokens> accessTokens,
      Optional<ServiceAccounts> serviceAccounts,
      Optional<AuditLog> auditLog,
      Optional<Webhooks> webhooks,
      Optional<Upkeep> upkeep,
      LinkMails linkMails,
      InternalCredential internalCredential,
      WebSocketTickets webSocketTickets,
      LiveRegistry live,
      Supplier<Health> health,
      Measurements measurements,
      Authenticator authenticator,
      List<AutoCloseable> closeables) {}

  TaskAuth(Parts parts) {
    this.parts = parts;
  }

  /** A builder with nothing set: it takes at least a user, a backend or a store. */
  public static TaskAuthBuilder builder() {
    return new TaskAuthBuilder();
  }

  /**
   * Says who presented this credential.
   *
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out: answer
   *     "try again", never "please sign in"
   */
  public Authentication authenticate(Credential credential) {
    return authenticate(credential, ClientInfo.LOCAL);
  }

  /**
   * Says who presented this credential.
   *
   * @param client where the request came from, for the record
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public Authentication authenticate(Credential credential, ClientInfo client) {
    return parts.enabled()
        ? parts.authenticator().authenticate(credential, client)
        : new Authentication.Authenticated(new Principal.ProcessItself());
  }

  /**
   * Says which machine presented this credential: a service token, never a user's.
   *
   * @param client where the request came from, for the record
   * @throws io.taskauth.service.ProviderUnavailableException where no provider knows the token, and
   *     one could not say
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public Authentication authenticateService(Credential credential, ClientInfo client) {
    return parts.authenticator().authenticateService(credential, client);
  }

  /**
   * Who somebody is now that was let in before, asked of whoever knows and never of what is
   * remembered; empty where they are nobody any more.
   *
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   * @throws io.taskauth.service.ProviderUnavailableException where another system has to be asked
   *     and is out
   */
  public Optional<Principal> now(Principal known) {
    return parts.authenticator().standing().now(known);
  }

  /** Whether a credential is what users come with, good or not, or nothing at all. */
  public boolean isOfUser(Credential credential) {
    return parts.authenticator().isOfUser(credential);
  }

  /** False where authentication is turned off and everything is open. */
  public boolean isEnabled() {
    return parts.enabled();
  }

  /**
   * Whether the first administrator still has to be made.
   *
   * @throws io.taskauth.store.AuthStoreException where the store has to be asked and is out
   */
  public boolean isSetupRequired() {
    return parts.enabled() && parts.setup().map(Setup::isRequired).orElse(false);
  }

  /** Whether anybody signs in with a password here. */
  public boolean isPasswordLoginEnabled() {
    return parts.enabled() && parts.passwordLogin();
  }

  /** Making the first administrator; empty where there is no store. */
  public Optional<Setup> setup() {
    return parts.setup();
  }

  /** Signing in by name and password. */
  public Logins logins() {
    return parts.logins();
  }

  /** Changing one's own password; empty where there is no store. */
  public Optional<PasswordChange> passwordChange() {
    return parts.passwordChange();
  }

  /** Choosing a password with a link; empty where there is no store. */
  public Optional<PasswordReset> passwordReset() {
    return parts.passwordReset();
  }

  /** Signing in a command line with a browser that is signed in; empty where there is no store. */
  public Optional<AuthorizationCodes> authorizationCodes() {
    return parts.authorizationCodes();
  }

  /** Looking after accounts; empty where there is no store. */
  public Optional<UserAdministration> userAdministration() {
    return parts.userAdministration();
  }

  /** Signing in with identity providers, if only with none; empty where there is no store. */
  public Optional<IdentityProviders> identityProviders() {
    return parts.identityProviders();
  }

  /** Which identities sign in to which account; empty where there is no store. */
  public Optional<IdentityAdministration> identityAdministration() {
    return parts.identityAdministration();
  }

  /** Personal access tokens; empty where there is no store. */
  public Optional<AccessTokens> accessTokens() {
    return parts.accessTokens();
  }

  /** The accounts of machines; empty where there is no store. */
  public Optional<ServiceAccounts> serviceAccounts() {
    return parts.serviceAccounts();
  }

  /** The security events that are kept; empty where there is no store. */
  public Optional<AuditLog> auditLog() {
    return parts.auditLog();
  }

  /** Removing what has ended; empty where there is no store. */
  public Optional<Upkeep> upkeep() {
    return parts.upkeep();
  }

  /** Mail with links for choosing a password. */
  public LinkMails linkMails() {
    return parts.linkMails();
  }

  /** The sessions: whose they are, and ending them. */
  public SessionDirectory sessions() {
    return parts.sessions();
  }

  /** The host's roles. */
  public Roles roles() {
    return parts.roles();
  }

  /**
   * Telling other programs what happens; empty without a store, or where the builder was given no
   * {@code webhooks(…)}.
   */
  public Optional<Webhooks> webhooks() {
    return parts.webhooks();
  }

  /** Tokens against cross-site request forgery. */
  public CsrfTokens csrf() {
    return parts.csrf();
  }

  /**
   * Encrypts what a host must keep readable, under a key made for that purpose out of the secret
   * key.
   *
   * @param purpose a name that nothing else in the host uses
   */
  public Sealer sealer(String purpose) {
    return parts.sealers().apply("host " + purpose);
  }

  /** What children of this process prove themselves with. */
  public InternalCredential internalCredential() {
    return parts.internalCredential();
  }

  /** Single-use tickets that open WebSockets. */
  public WebSocketTickets webSocketTickets() {
    return parts.webSocketTickets();
  }

  /** The streams and sockets that must not outlive what they were opened with. */
  public LiveRegistry live() {
    return parts.live();
  }

  /** How this node is. One call of the store; it does not throw where the store is out. */
  public Health health() {
    return parts.health().get();
  }

  /** What this node has done and does, in numbers. */
  public Measurements measurements() {
    return parts.measurements();
  }

  /** Where security events go. */
  public AuditTrail audit() {
    return parts.audit();
  }

  /** The source of identifiers and secrets. */
  @SuppressWarnings("exports") // For taskauth's own modules.
  public Ids ids() {
    return parts.ids();
  }

  /** The source of time. */
  public InstantSource clock() {
    return parts.clock();
  }

  /** Ends the background work and closes the store. */
  @Override
  public void close() {
    parts.closeables().forEach(TaskAuth::closeQuietly);
  }

  static void closeQuietly(AutoCloseable part) {
    try {
      part.close();
    } catch (Exception e) {
      LoggerFactory.getLogger(TaskAuth.class).warn("could not close {}", part, e);
    }
  }
}
