-- Lists show the newest first and are read in windows of a number that grows with each row: see
-- NewestFirst. It comes from a sequence, and is named in each INSERT. An account from before gets
-- one up to 0, in the order of creation, so that the sequence begins after all of them.
-- The table is made anew because DuckDB makes no index in the step that fills its column.

ALTER TABLE taskauth_user RENAME TO taskauth_user_of_version_1;

CREATE TABLE taskauth_user (
  id               UUID    PRIMARY KEY,
  number           BIGINT  NOT NULL UNIQUE,
  username         VARCHAR NOT NULL,
  email            VARCHAR,
  display_name     VARCHAR,
  role             VARCHAR NOT NULL,
  active           BOOLEAN NOT NULL,
  created_at       BIGINT  NOT NULL,
  last_login_at    BIGINT,
  deactivated_at   BIGINT,
  deactivated_by   UUID,
  origin           VARCHAR NOT NULL,
  password_hash    VARCHAR,
  credential_epoch BIGINT  NOT NULL
);

INSERT INTO taskauth_user (id, number, username, email, display_name, role, active, created_at,
  last_login_at, deactivated_at, deactivated_by, origin, password_hash, credential_epoch)
SELECT id, row_number() OVER (ORDER BY created_at, id) - count(*) OVER (), username, email,
  display_name, role, active, created_at, last_login_at, deactivated_at, deactivated_by, origin,
  password_hash, credential_epoch
FROM taskauth_user_of_version_1;

DROP TABLE taskauth_user_of_version_1;

CREATE SEQUENCE taskauth_user_number;

-- Of an e-mail address, the key of its account's user name, which never changes; null for a user
-- name. A search by prefix sees from this one row whether the account is listed by its name.
ALTER TABLE taskauth_login_name ADD COLUMN username_key VARCHAR;

UPDATE taskauth_login_name SET username_key =
  (SELECT lower(u.username) FROM taskauth_user u
   WHERE u.id = taskauth_login_name.user_id AND lower(u.username) <> name_key);

-- hash is the SHA-256 of the token; the token itself is nowhere. scopes are names with a space
-- between them.
CREATE TABLE taskauth_access_token (
  id           VARCHAR PRIMARY KEY,
  number       BIGINT  NOT NULL UNIQUE,
  hash         VARCHAR NOT NULL,
  user_id      UUID    NOT NULL,
  name         VARCHAR NOT NULL,
  scopes       VARCHAR NOT NULL,
  created_at   BIGINT  NOT NULL,
  expires_at   BIGINT,
  last_used_at BIGINT,
  last_used_ip VARCHAR,
  revoked_at   BIGINT
);

CREATE INDEX taskauth_access_token_of_user ON taskauth_access_token (user_id);

CREATE SEQUENCE taskauth_access_token_number;

-- document is all of the event as one line of JSON; the others are what the log is searched by.
CREATE TABLE taskauth_audit_event (
  id         UUID    PRIMARY KEY,
  number     BIGINT  NOT NULL UNIQUE,
  event      VARCHAR NOT NULL,
  user_id    UUID,
  actor_key  VARCHAR,
  target     VARCHAR,
  target_key VARCHAR,
  document   VARCHAR NOT NULL
);

CREATE SEQUENCE taskauth_audit_event_number;
