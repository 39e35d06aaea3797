-- $size of everything. Ids of accounts and events are as UUIDs of version 7 are, in the order of
-- time; tokens belong to accounts at random, so that a page of fifty has fifty owners from
-- everywhere. One token of twenty is revoked, one event of a thousand is a rare one.

CREATE TEMP MACRO uuid_at(millis, seed) AS CAST(
  substr(lpad(to_hex(millis), 12, '0'), 1, 8) || '-' || substr(lpad(to_hex(millis), 12, '0'), 9, 4)
  || '-7' || substr(md5(seed), 1, 3) || '-8' || substr(md5(seed), 4, 3)
  || '-' || substr(md5(seed), 7, 12) AS UUID);

CREATE TEMP TABLE person AS
  SELECT i, uuid_at(1700000000000 + i * 1000, 'user' || i) AS id FROM range($size) r(i);

INSERT INTO taskauth_user (id, number, username, email, display_name, role, active, created_at,
  last_login_at, deactivated_at, deactivated_by, origin, password_hash, credential_epoch)
SELECT id, nextval('taskauth_user_number'), 'user' || i, 'mail' || i || '@example.org',
  'Person ' || i, CASE WHEN i % 100 = 0 THEN 'admin' ELSE 'viewer' END, i % 10 <> 3,
  1700000000000 + i * 1000, 1750000000000 + i, CASE WHEN i % 10 = 3 THEN 1750000000000 END, NULL,
  'password',
  '$argon2id$v=19$m=19456,t=2,p=1$' || substr(md5('salt' || i), 1, 22) || '$' || sha256('' || i),
  CASE WHEN i % 10 = 3 THEN 1 ELSE 0 END
FROM person ORDER BY i;

INSERT INTO taskauth_login_name (name_key, user_id, username_key)
SELECT 'user' || i, id, NULL FROM person
UNION ALL SELECT 'mail' || i || '@example.org', id, 'user' || i FROM person;

INSERT INTO taskauth_session (id, user_id, created_at, last_seen_at, expires_at, ip, user_agent)
SELECT substr(sha256('session' || i), 1, 32), id, 1750000000000 + i, 1750000000000 + i, 4102444800000,
  '192.0.2.' || i % 250, 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'
FROM person;

INSERT INTO taskauth_access_token (id, number, hash, user_id, name, scopes, created_at, expires_at,
  last_used_at, last_used_ip, revoked_at)
SELECT substr(sha256('token' || t.i), 1, 32), nextval('taskauth_access_token_number'), sha256('token' || t.i), p.id,
  'token ' || t.i, CASE WHEN t.i % 3 = 0 THEN '' ELSE 'admin read' END, 1740000000000 + t.i,
  CASE WHEN t.i % 2 = 0 THEN 4102444800000 END, 1750000000000 + t.i, '192.0.2.' || t.i % 250,
  CASE WHEN t.i % 20 = 9 THEN 1750000000000 END
FROM person t JOIN person p ON p.i = CAST(hash(t.i) % $size AS BIGINT) ORDER BY t.i;

INSERT INTO taskauth_audit_event (id, number, event, user_id, actor_key, target, target_key,
  document)
SELECT uuid_at(1750000000000 + i * 1000, 'event' || i), nextval('taskauth_audit_event_number'),
  event, id, 'user' || i, NULL, NULL,
  '{"ts":"2026-03-01T10:15:30.123Z","event":"' || event || '","outcome":"success","user_id":"' || id
  || '","username":"user' || i || '","ip":"192.0.2.7","user_agent":"Mozilla/5.0","target":null,'
  || '"details":{"session":"' || substr(sha256('session' || i), 1, 32) || '"},"id":"'
  || uuid_at(1750000000000 + i * 1000, 'event' || i) || '"}'
FROM
  (SELECT *, CASE WHEN i % 1000 = 99 THEN 'user_deleted' ELSE 'login_success' END AS event
   FROM person)
ORDER BY i;
