-- What is taken next, how much runs and what waits, without what is finished; "C", so that it also
-- stands in the order in which it is told.
CREATE INDEX taskauth_work_unfinished
  ON taskauth_work (pool, name COLLATE "C", status, due_at, number)
  WHERE status IN ('queued', 'running');

-- Lists of one name, and the newest of each that stay.
CREATE INDEX taskauth_work_of_name ON taskauth_work (pool, name, number);

-- Leases move again and again.
ALTER TABLE taskauth_work SET (fillfactor = 80);
