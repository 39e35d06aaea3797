-- What PostgreSQL needs beside the tables that all dialects share: keys that are compared byte by
-- byte, so that what begins alike stands together, and indexes for what would read a whole table.

ALTER TABLE taskauth_login_name ALTER COLUMN name_key TYPE VARCHAR COLLATE "C";
ALTER TABLE taskauth_login_name ALTER COLUMN username_key TYPE VARCHAR COLLATE "C";

-- The last administrator is looked for among all accounts.
CREATE INDEX taskauth_user_role ON taskauth_user (role) WHERE active;

CREATE INDEX taskauth_access_token_end ON taskauth_access_token (expires_at)
  WHERE expires_at IS NOT NULL;
CREATE INDEX taskauth_access_token_revoked ON taskauth_access_token (revoked_at)
  WHERE revoked_at IS NOT NULL;
CREATE INDEX taskauth_attempt_end ON taskauth_attempt (window_ends_at);

-- Searches among the events.
CREATE INDEX taskauth_audit_event_of_kind ON taskauth_audit_event (event, number);

-- Rows that are written again and again (last sign-in, last use) find room beside themselves.
ALTER TABLE taskauth_user SET (fillfactor = 80);
ALTER TABLE taskauth_session SET (fillfactor = 80);
ALTER TABLE taskauth_access_token SET (fillfactor = 80);
