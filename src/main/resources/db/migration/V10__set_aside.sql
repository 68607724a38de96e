-- A night that was judged by a wrong clock can be set aside: the next one follows the one before it.

ALTER TABLE run DROP CONSTRAINT run_status_check;
ALTER TABLE run ADD CONSTRAINT run_status_check CHECK (status IN ('RUNNING', 'COMPLETE', 'FAILED', 'STOPPED', 'SET_ASIDE'));
ALTER TABLE run
    ADD COLUMN set_aside_at     timestamptz,
    ADD COLUMN set_aside_by     text,
    ADD COLUMN set_aside_reason text,
    ADD CONSTRAINT run_set_aside_check
        CHECK ((status = 'SET_ASIDE') = (set_aside_at IS NOT NULL AND set_aside_by IS NOT NULL AND set_aside_reason IS NOT NULL));
COMMENT ON COLUMN run.set_aside_at IS 'Since when what the run judged counts no more; its inventory and events stay.';

ALTER TABLE finding
    ADD COLUMN before_run          bigint,
    ADD COLUMN before_at           timestamptz,
    ADD COLUMN before_violation_at timestamptz,
    ADD COLUMN before_seen_days    int;
COMMENT ON COLUMN finding.before_run IS 'With the following columns: last_seen_run, last_seen_at, violation_at and seen_days as they were before last_seen_run, should that be set aside; null: it was the first.';

-- As before, without the runs that were set aside, except as they themselves left the findings.
CREATE OR REPLACE FUNCTION findings_at(upto bigint)
    RETURNS TABLE (source text, key_id text, rule text, level text, first_seen_at timestamptz)
    LANGUAGE sql STABLE SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
WITH last AS (
  SELECT NOT EXISTS (SELECT FROM run s WHERE s.run_id = upto AND s.status = 'SET_ASIDE')
     AND NOT EXISTS (SELECT FROM run l WHERE l.run_id > upto AND l.status <> 'SET_ASIDE'
                     AND EXISTS (SELECT FROM finding_event n WHERE n.run_id = l.run_id)) AS it_is)
SELECT f.source, f.key_id, f.rule, f.level, f.first_seen_at
FROM finding f
WHERE f.status = 'OPEN' AND (SELECT it_is FROM last)
UNION ALL
SELECT e.source, e.key_id, e.rule, e.level, e.first_seen_at
FROM (SELECT DISTINCT ON (source, key_id, rule) *
      FROM finding_event
      WHERE run_id <= upto
        AND (run_id = upto OR run_id NOT IN (SELECT a.run_id FROM run a WHERE a.status = 'SET_ASIDE'))
      ORDER BY source, key_id, rule, run_id DESC) e
WHERE e.event <> 'RESOLVED' AND NOT (SELECT it_is FROM last)
$$;
