-- Instants are milliseconds since 1970. No foreign keys: each step removes what ends with a row, in
-- the order that keeps it whole, and DuckDB would check them too early within one transaction.
-- Columns that are updated have no index, because there an update of an indexed column is a delete
-- and an insert.

CREATE TABLE taskauth_user (
  id               UUID    PRIMARY KEY,
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

-- User names and e-mail addresses in the form that look-ups compare: one space, one holder each.
CREATE TABLE taskauth_login_name (
  name_key VARCHAR PRIMARY KEY,
  user_id  UUID    NOT NULL
);

CREATE TABLE taskauth_session (
  id           VARCHAR PRIMARY KEY,
  user_id      UUID    NOT NULL,
  created_at   BIGINT  NOT NULL,
  last_seen_at BIGINT  NOT NULL,
  expires_at   BIGINT  NOT NULL,
  ip           VARCHAR,
  user_agent   VARCHAR
);

CREATE INDEX taskauth_session_of_user ON taskauth_session (user_id);
CREATE INDEX taskauth_session_end ON taskauth_session (expires_at);

-- hash is the SHA-256 of the secret; the secret itself is nowhere.
CREATE TABLE taskauth_one_time_secret (
  hash       VARCHAR PRIMARY KEY,
  purpose    VARCHAR NOT NULL,
  user_id    UUID,
  session_id VARCHAR,
  payload    VARCHAR NOT NULL,
  expires_at BIGINT  NOT NULL
);

CREATE INDEX taskauth_one_time_secret_of_user ON taskauth_one_time_secret (user_id);
CREATE INDEX taskauth_one_time_secret_of_session ON taskauth_one_time_secret (session_id);
CREATE INDEX taskauth_one_time_secret_end ON taskauth_one_time_secret (expires_at);

CREATE TABLE taskauth_attempt (
  attempt_key    VARCHAR PRIMARY KEY,
  attempts       INTEGER NOT NULL,
  window_ends_at BIGINT  NOT NULL
);

CREATE TABLE taskauth_setting (
  name     VARCHAR PRIMARY KEY,
  version  BIGINT  NOT NULL,
  document VARCHAR NOT NULL
);
