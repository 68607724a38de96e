-- A finding that is open and as it was is not touched: that a run has seen it follows from the run's reading of its source.

-- No number comes twice, also where a run is set aside: rows keep theirs.
CREATE SEQUENCE finding_turn_number AS int START 2;

ALTER TABLE run_source
    ADD COLUMN finding_turn int,
    ADD COLUMN finding_days int;
COMMENT ON COLUMN run_source.finding_turn IS 'The turn in which the findings of the source were reconciled with this run''s reading of all of it; null: they were not, or the run is set aside.';
COMMENT ON COLUMN run_source.finding_days IS 'How many of the turns up to this one were on a further day.';

ALTER TABLE finding RENAME TO finding_row;
ALTER TABLE finding_row
    ADD COLUMN source_turn int NOT NULL DEFAULT 0,
    ADD COLUMN source_days int NOT NULL DEFAULT 0,
    ADD COLUMN missed_run  bigint,
    ADD COLUMN before_missed_run bigint;
COMMENT ON TABLE finding_row IS 'Findings as they were written when they last changed; the view finding has them as of now.';
COMMENT ON COLUMN finding_row.source_turn IS 'The last turn of its source when it was written.';
COMMENT ON COLUMN finding_row.source_days IS 'The days up to that turn.';
COMMENT ON COLUMN finding_row.missed_run IS 'The first run that looked for it and did not see it; null: each turn since source_turn has seen it.';
COMMENT ON COLUMN finding_row.before_run IS 'With the other before_…: its columns as they were before last_seen_run, should that be set aside; null: it was the first.';

-- What the last run had seen that read all of a source is in step with it.
WITH last AS (
  SELECT f.source, max(f.last_seen_run) AS run_id
  FROM finding_row f JOIN run r ON r.run_id = f.last_seen_run
  WHERE r.projects IS NULL AND r.status <> 'SET_ASIDE' GROUP BY f.source),
turn AS (
  UPDATE run_source s SET finding_turn = 1, finding_days = 0, run_as_of = r.as_of
  FROM last l JOIN run r USING (run_id) WHERE s.run_id = l.run_id AND s.source = l.source)
UPDATE finding_row f
SET source_turn = 1,
    missed_run = CASE WHEN f.status = 'RESOLVED' THEN f.resolved_run WHEN f.last_seen_run < l.run_id THEN l.run_id END
FROM last l WHERE l.source = f.source;

CREATE VIEW finding_turn AS
SELECT DISTINCT ON (source) source, run_id, run_as_of, finding_turn AS turn, finding_days AS days
FROM run_source WHERE finding_turn IS NOT NULL ORDER BY source, finding_turn DESC;
COMMENT ON VIEW finding_turn IS 'The last turn of each source.';

CREATE VIEW finding AS
SELECT f.source, f.key_id, f.rule, f.level, f.status, f.first_seen_run, f.first_seen_at,
       coalesce(t.run_id, f.last_seen_run) AS last_seen_run, coalesce(t.run_as_of, f.last_seen_at) AS last_seen_at,
       f.seen_days + coalesce(t.days - f.source_days, 0) AS seen_days, f.violation_at,
       f.resolved_run, f.resolved_at, f.resolution, f.missed_run,
       coalesce(t.turn, f.source_turn) AS source_turn, coalesce(t.days, f.source_days) AS source_days
FROM finding_row f
LEFT JOIN finding_turn t ON t.source = f.source AND t.turn > f.source_turn AND f.missed_run IS NULL;
COMMENT ON VIEW finding IS 'Each finding as of now: one that was not missed, the last turn of its source has seen.';

-- What holds a whole source or run is said anew each night, and in the plan of each key that it holds: that is not a new plan.
CREATE FUNCTION reworded(detail text, before text[], after text[]) RETURNS text
    LANGUAGE plpgsql IMMUTABLE COST 10 AS $$
BEGIN
    FOR i IN 1 .. coalesce(cardinality(before), 0) LOOP
        detail := replace(detail, before[i], after[i]);
    END LOOP;
    RETURN detail;
END $$;

CREATE FUNCTION hold_words(of_run bigint) RETURNS TABLE (run_id bigint, said text[], says text[])
    LANGUAGE sql STABLE AS $$
SELECT f.run_id, array_agg(f.detail ORDER BY f.gate, f.source), array_agg(t.detail ORDER BY f.gate, f.source)
FROM ${flyway:defaultSchema}.run_hold t
JOIN ${flyway:defaultSchema}.run_hold f ON f.run_id > t.run_id AND f.gate = t.gate AND f.source = t.source AND f.detail <> t.detail
WHERE t.run_id = of_run GROUP BY f.run_id
$$;
COMMENT ON FUNCTION hold_words(bigint) IS 'What later runs said where the same gate held the same as in this run, and what this run said.';

CREATE OR REPLACE FUNCTION actions_of(of_run bigint) RETURNS SETOF key_action
    LANGUAGE sql STABLE AS $$
SELECT a.action_id, a.run_id, a.source, a.key_id, a.action, a.decision, a.held_by, a.closed_gates, a.outcome,
       CASE WHEN a.run_id = of_run OR w.said IS NULL THEN a.detail
            ELSE ${flyway:defaultSchema}.reworded(a.detail, w.said, w.says) END,
       a.due_at, a.warned_at, a.final_at, a.next_notice, a.evidence, a.intended_at, a.done_at, a.undo, a.restored_by_run,
       a.failure, a.since_run
FROM ${flyway:defaultSchema}.key_action a
LEFT JOIN ${flyway:defaultSchema}.hold_words(of_run) w ON w.run_id = a.run_id
WHERE a.run_id = of_run
   OR a.since_run <= of_run AND a.run_id > of_run
      AND (SELECT r.plans_merged FROM ${flyway:defaultSchema}.run r WHERE r.run_id = of_run)
$$;
