package io.taskauth.store.redis;

import io.taskauth.accesstoken.AccessTokenStore;
import io.taskauth.audit.AuditStore;
import io.taskauth.login.AttemptStore;
import io.taskauth.service.ServiceAccountStore;
import io.taskauth.session.SessionStore;
import io.taskauth.store.AuthStore;
import io.taskauth.store.AuthStoreException;
import io.taskauth.store.ChangeFeed;
import io.taskauth.store.LeasedFeed;
import io.taskauth.store.SettingStore;
import io.taskauth.ticket.OneTimeSecretStore;
import io.taskauth.user.IdentityStore;
import io.taskauth.user.UserStore;
import io.taskauth.work.WorkStore;
import java.time.Duration;
import redis.clients.jedis.JedisClientConfig;
import redis.clients.jedis.Protocol;
import redis.clients.jedis.providers.ConnectionProvider;

/**
 * A store in Redis 6.2 or later, or Valkey: one server, a master behind Sentinel, or a Cluster. Any
 * number of nodes share it, and each hears within milliseconds what another has changed. Threads
 * share a store.
 *
 * <p>Redis must keep what it is told: with {@code appendonly yes} and without a {@code
 * maxmemory-policy} that throws accounts away. {@link #migrate} looks, and warns. A user of its own
 * needs {@code ~taskauth:* &taskauth:changes* -@all +@read +@write +@scripting +@pubsub
 * +@connection -@dangerous +time}, in a cluster {@code +cluster|slots}, and for that look {@code
 * +info +config|get}.
 */
public final class RedisAuthStore implements AuthStore {
  /** How long opening waits for the feed; a store without one works, only slower. */
  private static final Duration FEED_PATIENCE = Duration.ofSeconds(1);

  private final Connecting connecting;
  private final Servers servers;
  private final Keys keys;
  private final Redis redis;
  private final LeasedFeed feed = new LeasedFeed();
  private final FeedListener listener;
  private final Accounts accounts;
  private final RedisUsers users;
  private final RedisSessions sessions;
  private final RedisTokens tokens;
  private final RedisServices services;
  private final RedisSecrets secrets;
  private final RedisIdentities identities;
  private final RedisAttempts attempts;
  private final RedisSettings settings;
  private final RedisAudit audit;
  private final RedisWork work;

  RedisAuthStore(Connecting connecting, Keys keys, Duration timeout) {
    this.connecting = connecting;
    this.servers = connecting.servers();
    this.keys = keys;
    this.redis = new Redis(servers, timeout);
    Changes changes = new Changes(feed);
    this.listener = new FeedListener(servers, keys, changes, feed, timeout);
    TokenList tokenList = new TokenList(redis, keys);
    Endings ofSessions = new Endings(redis, keys, "sessions");
    this.accounts = new Accounts(redis, keys, changes, tokenList);
    this.users = new RedisUsers(redis, keys, accounts);
    this.sessions =
        new RedisSessions(
            redis, keys, changes, accounts, ofSessions, new ProviderIndex(redis, keys));
    this.tokens = new RedisTokens(redis, keys, changes, tokenList);
    this.services = new RedisServices(redis, keys, changes);
    this.secrets = new RedisSecrets(redis, keys, new Endings(redis, keys, "secrets"), ofSessions);
    this.identities = new RedisIdentities(redis, keys, accounts);
    this.attempts = new RedisAttempts(redis, keys);
    this.settings = new RedisSettings(redis, keys, changes);
    this.audit = new RedisAudit(redis, keys);
    this.work = new RedisWork(redis, keys, changes);
  }

  /**
   * Opens the store at a URL: {@code redis://[user:password@]host[:port][/database]}, {@code
   * rediss://} for TLS, {@code redis+sentinel://host:port,host:port/master-name} or {@code
   * redis+cluster://host:port,host:port}.
   *
   * @throws IllegalArgumentException where it is none
   * @throws AuthStoreException where no server answers there
   */
  public static RedisAuthStore open(String url) {
    return builder(url).open();
  }

  /** For a store that is not as usual. */
  public static RedisAuthStoreBuilder builder(String url) {
    RedisUrl parsed = RedisUrl.parse(url);
    return new RedisAuthStoreBuilder(timeout -> Connecting.to(parsed, timeout));
  }

  /**
   * For a host that has connections of its own, for instance because its sentinels want a password:
   * the provider of a {@code RedisClient}, {@code RedisSentinelClient} or {@code
   * RedisClusterClient}. They stay open when the store is closed, and their own timeouts hold.
   *
   * @param config how to make the further connections on which changes are heard
   */
  public static RedisAuthStoreBuilder builder(
      ConnectionProvider connections, JedisClientConfig config) {
    return new RedisAuthStoreBuilder(
        timeout -> new Connecting(connections, config, "the host's connections", false));
  }

  /** Makes sure that a server is there, and begins to listen to changes. */
  void start() {
    Step ask = Step.of(Protocol.Command.EXISTS, keys.accounts() + ":schema");
    Object unused = redis.run("be opened at " + connecting.where(), ask);
    listener.start(FEED_PATIENCE);
  }

  @Override
  public UserStore users() {
    return users;
  }

  @Override
  public SessionStore sessions() {
    return sessions;
  }

  @Override
  public AccessTokenStore accessTokens() {
    return tokens;
  }

  @Override
  public ServiceAccountStore services() {
    return services;
  }

  @Override
  public OneTimeSecretStore secrets() {
    return secrets;
  }

  @Override
  public IdentityStore identities() {
    return identities;
  }

  @Override
  public AttemptStore attempts() {
    return attempts;
  }

  @Override
  public SettingStore settings() {
    return settings;
  }

  @Override
  public AuditStore audit() {
    return audit;
  }

  @Override
  public WorkStore work() {
    return work;
  }

  @Override
  public ChangeFeed changes() {
    return feed;
  }

  @Override
  public void migrate() {
    ServerChecks.run(servers);
    Schema.apply(redis, keys);
    accounts.completeAll();
  }

  @Override
  public void close() {
    listener.close();
    connecting.close();
  }
}
