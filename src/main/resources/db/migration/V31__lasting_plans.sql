-- A plan that is as it was is not written again: it lasts until a run has another one, or none, for its key.
ALTER TABLE key_action ADD COLUMN until_run bigint;
COMMENT ON COLUMN key_action.until_run IS 'The run that ended the plan, which each run between that shares plans has too; 9223372036854775807: none yet; null: a plan of its own run only.';
COMMENT ON COLUMN key_action.since_run IS 'Of a plan that was merged before plans had an until_run: the first run that had it.';
CREATE INDEX key_action_until ON key_action (until_run) WHERE until_run IS NOT NULL;

ALTER TABLE run RENAME COLUMN plans_merged TO shares_plans;
COMMENT ON COLUMN run.shares_plans IS 'Whether plans that other runs have written are plans of this run too: see actions_of.';

CREATE OR REPLACE FUNCTION hold_words(of_run bigint) RETURNS TABLE (run_id bigint, said text[], says text[])
    LANGUAGE sql STABLE AS $$
SELECT f.run_id, array_agg(f.detail ORDER BY f.gate, f.source), array_agg(t.detail ORDER BY f.gate, f.source)
FROM ${flyway:defaultSchema}.run_hold t
JOIN ${flyway:defaultSchema}.run_hold f ON f.run_id <> t.run_id AND f.gate = t.gate AND f.source = t.source AND f.detail <> t.detail
WHERE t.run_id = of_run GROUP BY f.run_id
$$;
COMMENT ON FUNCTION hold_words(bigint) IS 'What other runs said where the same gate held the same as in this run, and what this run said.';

-- What was due by its time and is still held is due at each as-of.
CREATE OR REPLACE FUNCTION actions_of(of_run bigint) RETURNS SETOF key_action
    LANGUAGE sql STABLE AS $$
SELECT a.action_id, a.run_id, a.source, a.key_id, a.action, a.decision, a.held_by, a.closed_gates, a.outcome,
       CASE WHEN a.run_id = of_run OR w.said IS NULL THEN a.detail
            ELSE ${flyway:defaultSchema}.reworded(a.detail, w.said, w.says) END,
       CASE WHEN a.run_id = of_run OR a.due_at IS NULL THEN a.due_at
            ELSE greatest(a.due_at, (SELECT r.as_of FROM ${flyway:defaultSchema}.run r WHERE r.run_id = of_run)) END,
       a.warned_at, a.final_at, a.next_notice, a.evidence, a.intended_at, a.done_at, a.undo, a.restored_by_run,
       a.failure, a.since_run, a.until_run
FROM ${flyway:defaultSchema}.key_action a
LEFT JOIN ${flyway:defaultSchema}.hold_words(of_run) w ON w.run_id = a.run_id
WHERE a.run_id = of_run
   OR a.until_run > of_run AND a.run_id < of_run
      AND (SELECT r.shares_plans FROM ${flyway:defaultSchema}.run r WHERE r.run_id = of_run)
   OR a.since_run <= of_run AND a.run_id > of_run
      AND (SELECT r.shares_plans FROM ${flyway:defaultSchema}.run r WHERE r.run_id = of_run)
$$;
COMMENT ON FUNCTION actions_of(bigint) IS 'What a run has planned and done, in its own words, whichever run wrote it.';

-- A run that starts in the minute in which autovacuum has not seen the one before would take its findings for a handful.
CREATE OR REPLACE FUNCTION analyze_inventory() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    grown regclass;
BEGIN
    ANALYZE run, run_source;
    -- As autovacuum would do it in a minute, were key_record no partitioned table.
    IF EXISTS (SELECT FROM pg_class r JOIN pg_stat_user_tables n ON n.relid = 'key_record_now'::regclass
               WHERE r.oid = 'key_record'::regclass AND (r.reltuples < 0 OR n.n_mod_since_analyze > r.reltuples / 10)) THEN
        ANALYZE key_record, key_block;
    END IF;
    FOR grown IN SELECT n.relid FROM pg_class r JOIN pg_stat_user_tables n ON n.relid = r.oid
                 WHERE r.oid IN ('finding_row'::regclass, 'key_action'::regclass)
                   AND n.n_mod_since_analyze > greatest(r.reltuples / 10, 1000) LOOP
        EXECUTE format('ANALYZE %s', grown);
    END LOOP;
END $$;
