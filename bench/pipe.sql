-- C: a table of the shape of an inventory, with its unique index; the columns that the select lacks are filled by
-- defaults as wide as what Keysteward writes for a key without findings.
DROP TABLE IF EXISTS pipe;
CREATE TABLE pipe (LIKE keysteward.key_snapshot INCLUDING ALL);
ALTER TABLE pipe ALTER run_id SET DEFAULT 1, ALTER source SET DEFAULT 'api-keys', ALTER usage SET DEFAULT 'USED',
  ALTER judgement SET DEFAULT 'JUDGED', ALTER idle_days SET DEFAULT 10, ALTER findings SET DEFAULT '{}',
  ALTER violations SET DEFAULT '{}', ALTER reasons SET DEFAULT '{}', ALTER violation_at SET DEFAULT '{}',
  ALTER grace_days SET DEFAULT '{}', ALTER exempted_by SET DEFAULT '{}',
  -- The select says active; the check wants what Keysteward makes of it.
  DROP CONSTRAINT IF EXISTS key_snapshot_status_check;
