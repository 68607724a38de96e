-- C: a table of the shape of an inventory that is stored anew, with its unique index; the columns that the select lacks
-- are filled by defaults as wide as what is written for a key without findings.
DROP TABLE IF EXISTS pipe;
CREATE TABLE pipe (run_id bigint NOT NULL DEFAULT 1, source text COLLATE "C" NOT NULL DEFAULT 'api-keys',
  key_id text COLLATE "C" NOT NULL, name text, masked_key text, project_id text, project_name text, project_state text,
  owner_id text, owner_name text, owner_email text, owner_state text, created_at timestamptz, last_used_at timestamptz,
  usage text NOT NULL DEFAULT 'USED' CHECK (usage IN ('USED', 'NEVER_USED', 'UNKNOWN')), expires_at timestamptz, status text,
  kind text, judgement text NOT NULL DEFAULT 'JUDGED'
    CHECK (judgement IN ('JUDGED', 'DATA_ERROR', 'NOT_GOVERNED', 'NOT_ACTIVE')),
  idle_days int DEFAULT 10, findings text[] NOT NULL DEFAULT '{}', violations text[] NOT NULL DEFAULT '{}',
  reasons text[] NOT NULL DEFAULT '{}', violation_at timestamptz[] NOT NULL DEFAULT '{}', grace_days int[] NOT NULL DEFAULT '{}',
  exemption text, data_error text, exempted_by text[] NOT NULL DEFAULT '{}', known_use timestamptz,
  PRIMARY KEY (run_id, source, key_id));
