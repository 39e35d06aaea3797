-- Its number is another in each dialect: see Migrations. DuckDB looks nothing up by an index of two
-- columns, so beside the primary key there is one of the column that tells most rows apart.
CREATE TABLE taskauth_identity (
  slot      VARCHAR NOT NULL,
  subject   VARCHAR NOT NULL,
  user_id   UUID    NOT NULL,
  linked_at BIGINT  NOT NULL,
  PRIMARY KEY (slot, subject)
);

CREATE INDEX taskauth_identity_of_subject ON taskauth_identity (subject);
CREATE INDEX taskauth_identity_of_user ON taskauth_identity (user_id);

-- The identity through which a session was opened, and its provider's name for it; null where a
-- password opened it. In the session's own row, so that a look-up stays one row and whatever ends a
-- session ends this too; never updated.
ALTER TABLE taskauth_session ADD COLUMN through_slot VARCHAR;
ALTER TABLE taskauth_session ADD COLUMN through_subject VARCHAR;
ALTER TABLE taskauth_session ADD COLUMN through_sid VARCHAR;

CREATE INDEX taskauth_session_through_subject ON taskauth_session (through_subject);
CREATE INDEX taskauth_session_through_sid ON taskauth_session (through_sid);
