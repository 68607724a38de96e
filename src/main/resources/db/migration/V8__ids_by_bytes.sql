-- Ids are compared byte by byte, whatever the database's language: cheaper, alike everywhere, and the order in which
-- reports list keys is then the order of the index.
ALTER TABLE run_source ALTER source TYPE text COLLATE "C";
ALTER TABLE key_snapshot ALTER source TYPE text COLLATE "C", ALTER key_id TYPE text COLLATE "C";
ALTER TABLE finding ALTER source TYPE text COLLATE "C", ALTER key_id TYPE text COLLATE "C";
ALTER TABLE finding_event ALTER source TYPE text COLLATE "C", ALTER key_id TYPE text COLLATE "C";
ALTER TABLE key_action ALTER source TYPE text COLLATE "C", ALTER key_id TYPE text COLLATE "C";
ALTER TABLE notice_key ALTER source TYPE text COLLATE "C", ALTER key_id TYPE text COLLATE "C";

-- As before; but the last run's findings are those that are open now, so its report does not take longer with every run
-- that there has been. What is false for the whole statement is not executed.
CREATE OR REPLACE FUNCTION findings_at(upto bigint)
    RETURNS TABLE (source text, key_id text, rule text, level text, first_seen_at timestamptz)
    LANGUAGE sql STABLE SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
SELECT f.source, f.key_id, f.rule, f.level, f.first_seen_at
FROM finding f
WHERE f.status = 'OPEN' AND NOT EXISTS (SELECT FROM finding_event n WHERE n.run_id > upto)
UNION ALL
SELECT e.source, e.key_id, e.rule, e.level, e.first_seen_at
FROM (SELECT DISTINCT ON (source, key_id, rule) *
      FROM finding_event WHERE run_id <= upto
      ORDER BY source, key_id, rule, run_id DESC) e
WHERE e.event <> 'RESOLVED' AND EXISTS (SELECT FROM finding_event n WHERE n.run_id > upto)
$$;
