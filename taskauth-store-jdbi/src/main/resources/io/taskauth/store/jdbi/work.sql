-- Its number is another in each dialect: see Migrations. Status, times and worker of a row change
-- again and again, so DuckDB has no index of them and looks through these columns, which are few and
-- stand apart from the long ones; what else a dialect needs it adds itself.
CREATE TABLE taskauth_work (
  id               UUID             PRIMARY KEY,
  number           BIGINT           NOT NULL UNIQUE,
  pool             VARCHAR          NOT NULL,
  name             VARCHAR          NOT NULL,
  label            VARCHAR          NOT NULL,
  status           VARCHAR          NOT NULL,
  created_at       BIGINT           NOT NULL,
  due_at           BIGINT           NOT NULL,
  attempts         INTEGER          NOT NULL,
  worker           VARCHAR,
  lease_until      BIGINT,
  started_at       BIGINT,
  finished_at      BIGINT,
  progress         DOUBLE PRECISION NOT NULL,
  cancel_requested BOOLEAN          NOT NULL,
  revision         INTEGER          NOT NULL,
  note             VARCHAR,
  input            TEXT             NOT NULL,
  output           TEXT
);

CREATE SEQUENCE taskauth_work_number;
