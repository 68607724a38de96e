-- Attempts to use a key that were refused, and what else still names a key: two columns that select.sql may return.

ALTER TABLE run_source ADD COLUMN columns text[];
COMMENT ON COLUMN run_source.columns IS 'The columns that select.sql returned for the reading; null: not known.';

ALTER TABLE key_record ADD COLUMN referenced_by text;
COMMENT ON COLUMN key_record.referenced_by IS 'What else still names the key; null or empty: nothing does, or its source does not say.';

-- Apart from the record, since something may try a key every minute, and nothing else of the key is new then.
CREATE TABLE key_denied (
    source    text COLLATE "C" NOT NULL,
    key_id    text COLLATE "C" NOT NULL,
    denied_at timestamptz NOT NULL,
    reading   int    NOT NULL,
    seen_run  bigint NOT NULL,
    PRIMARY KEY (source, key_id, reading)
);
CREATE INDEX ON key_denied (seen_run);
COMMENT ON TABLE key_denied IS 'Each key and reading in which its last refused attempt was a newer one than any reading before had seen.';
COMMENT ON COLUMN key_denied.denied_at IS 'The last attempt, as its source showed it; how many there were before is not known.';

CREATE TABLE key_denied_read (
    source    text COLLATE "C" NOT NULL,
    key_id    text COLLATE "C" NOT NULL,
    denied_at timestamptz NOT NULL
);
COMMENT ON TABLE key_denied_read IS 'Newer attempts that a reading has seen: they become key_denied when it has ended.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON key_denied
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON key_denied_read
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();

CREATE OR REPLACE VIEW key_snapshot AS
SELECT s.run_id, k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.project_state, k.owner_id,
       k.owner_name, k.owner_email, k.owner_state, k.created_at, k.last_used_at, k.usage, k.expires_at, k.status, k.kind,
       k.judgement,
       idle_days(k.judgement, k.usage, coalesce(k.known_use, k.last_used_at), k.created_at, s.known_since, s.run_as_of) AS idle_days,
       k.findings, k.violations,
       CASE WHEN k.reasons_since IS NULL THEN k.reasons ELSE reasons_at(k.reasons, k.reasons_since, s.run_as_of) END AS reasons,
       k.violation_at, k.grace_days, k.exemption, k.data_error, k.exempted_by, k.known_use,
       -- In the list, so that whoever does not ask for it does not pay for it. An earlier one was of another key.
       (SELECT max(d.denied_at) FROM key_denied d
        WHERE d.source = k.source AND d.key_id = k.key_id AND d.reading <= abs(s.reading)
          AND (k.created_at IS NULL OR d.denied_at >= k.created_at)) AS last_denied_at,
       k.referenced_by
FROM run_source s
JOIN LATERAL (
  SELECT k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.project_state, k.owner_id, k.owner_name,
         k.owner_email, k.owner_state, k.created_at, k.usage, k.expires_at, k.status, k.kind, k.judgement, k.findings,
         k.violations, k.reasons, k.reasons_since, k.violation_at, k.grace_days, k.exemption, k.data_error, k.exempted_by,
         k.known_use, k.referenced_by,
         CASE WHEN NOT k.use_apart THEN k.last_used_at
              WHEN b.reading <= s.reading THEN b.used[k.key_no % 32 + 1]
              ELSE coalesce(use_then(k.source, k.key_no, s.reading), b.used[k.key_no % 32 + 1]) END AS last_used_at
  FROM key_record k
  LEFT JOIN key_block b ON b.source = k.source AND b.block = k.key_no / 32
  -- As IS NOT TRUE the planner takes it to be so of most rows, which is right.
  WHERE k.source = s.source AND (k.reading > s.reading) IS NOT TRUE AND k.until > s.reading) k ON true;
