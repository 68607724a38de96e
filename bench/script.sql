-- What the script writes into: the same columns and the same unique index, no partitions.
DROP TABLE IF EXISTS script_snapshot, script_finding;
CREATE TABLE script_snapshot (key_id text PRIMARY KEY, name text, masked_key text, project_id text, project_name text,
  project_state text, owner_id text, owner_name text, owner_email text, owner_state text, created_at timestamptz,
  last_used_at timestamptz, expires_at timestamptz, status text, kind text, findings text[] NOT NULL);
CREATE TABLE script_finding (key_id text, rule text, level text, reason text, PRIMARY KEY (key_id, rule));
