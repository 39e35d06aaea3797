-- Its number is another in each dialect: see Migrations. token_… is the one token of an account,
-- previous_… the one before, which is good until previous_until. Hashes are SHA-256; the tokens
-- themselves are nowhere. scopes are names with a space between them.
CREATE TABLE taskauth_service_account (
  id                  UUID    PRIMARY KEY,
  name                VARCHAR NOT NULL UNIQUE,
  scopes              VARCHAR NOT NULL,
  created_at          BIGINT  NOT NULL,
  created_by          VARCHAR NOT NULL,
  expires_at          BIGINT,
  token_id            VARCHAR NOT NULL,
  token_hash          VARCHAR NOT NULL,
  token_created_at    BIGINT  NOT NULL,
  previous_id         VARCHAR,
  previous_hash       VARCHAR,
  previous_created_at BIGINT,
  previous_until      BIGINT,
  last_used_at        BIGINT,
  last_used_ip        VARCHAR
);
