-- The inventory remembers: a key has a row for each state in which readings have found it, and a night adds what has
-- changed. The last use of keys lies apart, since in a busy register a third of it is new each night.

CREATE SEQUENCE reading_number AS int;

ALTER TABLE run ADD COLUMN has_inventory boolean NOT NULL DEFAULT true;
COMMENT ON COLUMN run.has_inventory IS 'False: what its readings have found is not kept any more.';

ALTER TABLE run_source
    ADD COLUMN reading     int,
    ADD COLUMN begun       int,
    ADD COLUMN known_since timestamptz,
    ADD COLUMN run_as_of   timestamptz;
COMMENT ON COLUMN run_source.reading IS 'The number of the reading that is the inventory; below 0: it had a part of the keys, and is stored by itself. Null: none, or not kept any more.';
COMMENT ON COLUMN run_source.begun IS 'The number of a reading that has not ended; what it has stored does not count.';
COMMENT ON COLUMN run_source.known_since IS 'The start of recording use, as the source declared it for the reading; null: use is known from the start.';

COMMENT ON COLUMN run_source.run_as_of IS 'That of the run, where there is a reading.';

CREATE TABLE key_record (
    key_no       int    NOT NULL,
    reading      int    NOT NULL,
    source       text   COLLATE "C" NOT NULL,
    key_id       text   COLLATE "C" NOT NULL,
    name         text,
    masked_key   text,
    project_id   text,
    project_name text,
    project_state text,
    owner_id     text,
    owner_name   text,
    owner_email  text,
    owner_state  text,
    created_at   timestamptz,
    use_apart    boolean NOT NULL,
    last_used_at timestamptz,
    usage        text   NOT NULL CHECK (usage IN ('USED', 'NEVER_USED', 'UNKNOWN')),
    expires_at   timestamptz,
    status       text   CHECK (status IN ('ACTIVE', 'DISABLED', 'EXPIRED')),
    kind         text,
    judgement    text   NOT NULL CHECK (judgement IN ('JUDGED', 'DATA_ERROR', 'NOT_GOVERNED', 'NOT_ACTIVE')),
    findings     text[] NOT NULL,
    violations   text[] NOT NULL,
    reasons      text[] NOT NULL,
    reasons_since timestamptz[],
    violation_at timestamptz[] NOT NULL,
    grace_days   int[]  NOT NULL,
    exempted_by  text[] NOT NULL,
    exemption    text,
    data_error   text,
    known_use    timestamptz,
    until        int    NOT NULL DEFAULT 2147483647
) PARTITION BY LIST (until);
-- What is so now is read each night from end to end, what was so only for a run of the past. Parts of one table, since
-- the planner then knows what is in it.
CREATE TABLE key_record_now PARTITION OF key_record FOR VALUES IN (2147483647);
CREATE TABLE key_record_before PARTITION OF key_record DEFAULT;
COMMENT ON TABLE key_record IS 'Each key of a source as readings have found and judged it.';
COMMENT ON COLUMN key_record.key_no IS 'The key''s number in its source, from 0: its place in key_block.';
COMMENT ON COLUMN key_record.reading IS 'The first reading that has found it so; more than those of run_source.reading: that reading has not ended.';
COMMENT ON COLUMN key_record.use_apart IS 'Its last use is in key_block, and not in last_used_at.';
COMMENT ON COLUMN key_record.last_used_at IS 'As its source showed it, unless use_apart.';
COMMENT ON COLUMN key_record.known_use IS 'The newest use that an earlier reading has seen, by which it was judged, where its source shows an older one or none; null: it does not.';
COMMENT ON COLUMN key_record.violations IS 'Those of the findings that are at VIOLATION by the rule alone.';
COMMENT ON COLUMN key_record.reasons IS 'Per finding: why, in words; {ago} stands for the time since reasons_since.';
COMMENT ON COLUMN key_record.reasons_since IS 'Per finding: the instant from which {ago} counts; null: it has none, or none of them has.';
COMMENT ON COLUMN key_record.violation_at IS 'Per finding: when the rule alone raises it to VIOLATION if nothing changes; null: never.';
COMMENT ON COLUMN key_record.grace_days IS 'Per finding: days open after which it rises to VIOLATION; null: it does not rise with time.';
COMMENT ON COLUMN key_record.exempted_by IS 'Per finding: the id of the exemption that covers it; null: none does.';
COMMENT ON COLUMN key_record.exemption IS 'The first of exempted_by that is not null.';

COMMENT ON COLUMN key_record.until IS 'The first reading that has found it otherwise, or has not found it; 2147483647: it is so now.';
COMMENT ON TABLE key_record_now IS 'What readings of the whole source have found last.';
COMMENT ON TABLE key_record_before IS 'What is not so any more, and readings of a part of the keys.';

CREATE TABLE key_block (
    source   text COLLATE "C" NOT NULL,
    block    int   NOT NULL,
    ids      bytea NOT NULL,
    records  bytea NOT NULL,
    used     timestamptz[] NOT NULL,
    reading  int   NOT NULL
);
COMMENT ON TABLE key_block IS 'Of 32 keys each, in the order of their numbers: what a reading needs to see whether a key is as it was.';
COMMENT ON COLUMN key_block.ids IS 'The first 16 bytes of SHA-256 of each key''s id.';
COMMENT ON COLUMN key_block.records IS 'The first 16 bytes of SHA-256 of each key''s row in key_record; zeros: it has none, being gone.';
COMMENT ON COLUMN key_block.used IS 'The newest use of each key that a complete reading has seen; -infinity: none.';
COMMENT ON COLUMN key_block.reading IS 'The last reading that has changed used.';

CREATE TABLE key_use_before (
    source  text COLLATE "C" NOT NULL,
    block   int  NOT NULL,
    reading int  NOT NULL,
    places  smallint[]    NOT NULL,
    used    timestamptz[] NOT NULL
);
COMMENT ON TABLE key_use_before IS 'What key_block.used was before a reading, at the places that it has changed.';
COMMENT ON COLUMN key_use_before.places IS 'From 0.';

CREATE TABLE key_use_gap_read (
    source   text COLLATE "C" NOT NULL,
    key_id   text COLLATE "C" NOT NULL,
    from_at  timestamptz NOT NULL,
    to_at    timestamptz NOT NULL
);
COMMENT ON TABLE key_use_gap_read IS 'Gaps that a reading has ended: they become key_use_gap when it has ended itself.';

-- The newest complete inventory of each source becomes its state. Its rows get their hashes in the first reading,
-- which writes each of them anew.
-- The last run that read everything comes first, since it is what people search and compare with.
CREATE TEMPORARY TABLE newest ON COMMIT DROP AS
WITH kept AS (
  SELECT s.source, r.run_id, r.narrowed
  FROM run_source s JOIN run r USING (run_id)
  WHERE s.status = 'READ' AND r.status = 'COMPLETE' AND r.projects IS NULL AND r.keeps = 'ALL'
    AND to_regclass('${flyway:defaultSchema}.key_snapshot_r' || r.run_id) IS NOT NULL)
SELECT DISTINCT ON (source) source, run_id FROM kept
ORDER BY source, run_id = (SELECT max(run_id) FROM kept WHERE NOT narrowed) DESC, run_id DESC;

CREATE TEMPORARY TABLE numbered ON COMMIT DROP AS
SELECT source, key_id, there, u.last_used_at AS used,
       (row_number() OVER (PARTITION BY source ORDER BY there DESC, key_id) - 1)::int AS key_no
FROM (SELECT k.source, k.key_id, true AS there FROM key_snapshot k JOIN newest n ON n.run_id = k.run_id AND n.source = k.source
      UNION ALL
      SELECT u.source, u.key_id, false FROM key_use u
      WHERE NOT EXISTS (SELECT FROM newest n JOIN key_snapshot k ON k.run_id = n.run_id AND k.source = n.source
                        WHERE n.source = u.source AND k.key_id = u.key_id)) k
LEFT JOIN key_use u USING (source, key_id);

INSERT INTO key_record_now
SELECT n.key_no, 1, k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.project_state, k.owner_id,
       k.owner_name, k.owner_email, k.owner_state, k.created_at, coalesce(k.last_used_at = n.used, false),
       CASE WHEN coalesce(k.last_used_at = n.used, false) THEN NULL ELSE k.last_used_at END, k.usage, k.expires_at, k.status,
       k.kind, k.judgement, k.findings, k.violations, k.reasons, NULL, k.violation_at, k.grace_days, k.exempted_by,
       k.exemption, k.data_error, k.known_use
FROM newest w JOIN key_snapshot k ON k.run_id = w.run_id AND k.source = w.source
JOIN numbered n ON n.source = k.source AND n.key_id = k.key_id;

INSERT INTO key_block
SELECT source, key_no / 32, string_agg(substring(sha256(convert_to(key_id, 'UTF8')) FOR 16), ''::bytea ORDER BY key_no),
       string_agg(decode(repeat(CASE WHEN there THEN 'ff' ELSE '00' END, 16), 'hex'), ''::bytea ORDER BY key_no),
       array_agg(coalesce(used, '-infinity') ORDER BY key_no), 1
FROM numbered GROUP BY source, key_no / 32;

-- A run of which a part would be missing has none. One that is not complete reads again what it had read.
UPDATE run r SET has_inventory = r.run_id IN (SELECT n.run_id FROM newest n)
  AND NOT EXISTS (SELECT FROM run_source s WHERE s.run_id = r.run_id AND s.status = 'READ'
                  AND NOT EXISTS (SELECT FROM newest n WHERE n.run_id = s.run_id AND n.source = s.source));
DELETE FROM key_action a USING run r
WHERE r.run_id = a.run_id AND NOT r.has_inventory AND r.status IN ('COMPLETE', 'SET_ASIDE') AND r.mode <> 'RESTORE'
  AND a.intended_at IS NULL;
-- Where recording began is in idle_days only, to the day: that is all that is made of it.
UPDATE run_source s
SET reading = 1, run_as_of = r.as_of,
    known_since = (SELECT max(r.as_of - k.idle_days * interval '24 hours') FROM key_snapshot k
                   WHERE k.run_id = s.run_id AND k.source = s.source AND k.idle_days IS NOT NULL
                     AND greatest(k.known_use, k.last_used_at, k.created_at) < r.as_of - (k.idle_days + 1) * interval '24 hours')
FROM newest n JOIN run r USING (run_id) WHERE r.has_inventory AND n.run_id = s.run_id AND n.source = s.source;
SELECT setval('reading_number', 1, EXISTS (SELECT FROM newest));

ALTER TABLE run DROP COLUMN keeps;
ALTER TABLE run_source
    DROP COLUMN judged_rows, DROP COLUMN data_error_rows, DROP COLUMN not_governed_rows, DROP COLUMN not_active_rows,
    DROP COLUMN flagged_rows, DROP COLUMN stored_rows;
DROP TABLE key_snapshot, key_use, key_use_read;
DROP FUNCTION open_inventory(bigint), analyze_inventory(bigint), drop_inventory(bigint);

ALTER TABLE key_record_now ADD PRIMARY KEY (source, key_id, reading);
CREATE INDEX ON key_record_before (source, key_id);
CREATE INDEX ON key_record_before (source, until);
ALTER TABLE key_block ADD PRIMARY KEY (source, block);
ALTER TABLE key_use_before ADD PRIMARY KEY (source, block, reading);

CREATE FUNCTION idle_days(judgement text, usage text, used timestamptz, created timestamptz, known_since timestamptz,
                          as_of timestamptz) RETURNS int
    LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN judgement = 'DATA_ERROR' OR usage = 'UNKNOWN' OR coalesce(used, created) IS NULL THEN NULL
            WHEN greatest(used, created, known_since) <= as_of
            THEN date_part('day', as_of - greatest(used, created, known_since))::int
            -- Used or created between the as-of and the reading; otherwise recording starts after the run.
            WHEN greatest(used, created) >= coalesce(known_since, '-infinity') THEN 0 END
$$;

-- In PL/pgSQL, which the planner takes for cheap: it is called for few rows, and quickly.
CREATE FUNCTION reasons_at(reasons text[], since timestamptz[], as_of timestamptz) RETURNS text[]
    LANGUAGE plpgsql IMMUTABLE COST 10 AS $$
DECLARE
    days int;
BEGIN
    FOR i IN 1 .. cardinality(reasons) LOOP
        IF since[i] IS NOT NULL THEN
            days := date_part('day', as_of - since[i]);
            reasons[i] := replace(reasons[i], '{ago}', days || CASE days WHEN 1 THEN ' day ago' ELSE ' days ago' END);
        END IF;
    END LOOP;
    RETURN reasons;
END $$;

-- The use of a key that a later reading has changed, as a reading has seen it; null: none has changed it.
CREATE FUNCTION use_then(of_source text, of_key int, at_reading int) RETURNS timestamptz
    LANGUAGE plpgsql STABLE COST 10 SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    RETURN (SELECT u.used[array_position(u.places, (of_key % 32)::smallint)] FROM key_use_before u
            WHERE u.source = of_source AND u.block = of_key / 32 AND u.reading > at_reading
              AND (of_key % 32)::smallint = ANY (u.places)
            ORDER BY u.reading LIMIT 1);
END $$;

-- The keys of each run whose inventory is kept, as that run has found and judged them.
CREATE VIEW key_snapshot AS
SELECT s.run_id, k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.project_state, k.owner_id,
       k.owner_name, k.owner_email, k.owner_state, k.created_at, k.last_used_at, k.usage, k.expires_at, k.status, k.kind,
       k.judgement,
       idle_days(k.judgement, k.usage, coalesce(k.known_use, k.last_used_at), k.created_at, s.known_since, s.run_as_of) AS idle_days,
       k.findings, k.violations,
       CASE WHEN k.reasons_since IS NULL THEN k.reasons ELSE reasons_at(k.reasons, k.reasons_since, s.run_as_of) END AS reasons,
       k.violation_at, k.grace_days, k.exemption, k.data_error, k.exempted_by, k.known_use
FROM run_source s
JOIN LATERAL (
  SELECT k.source, k.key_id, k.name, k.masked_key, k.project_id, k.project_name, k.project_state, k.owner_id, k.owner_name,
         k.owner_email, k.owner_state, k.created_at, k.usage, k.expires_at, k.status, k.kind, k.judgement, k.findings,
         k.violations, k.reasons, k.reasons_since, k.violation_at, k.grace_days, k.exemption, k.data_error, k.exempted_by,
         k.known_use,
         CASE WHEN NOT k.use_apart THEN k.last_used_at
              WHEN b.reading <= s.reading THEN b.used[k.key_no % 32 + 1]
              ELSE coalesce(use_then(k.source, k.key_no, s.reading), b.used[k.key_no % 32 + 1]) END AS last_used_at
  FROM key_record k
  LEFT JOIN key_block b ON b.source = k.source AND b.block = k.key_no / 32
  -- As IS NOT TRUE the planner takes it to be so of most rows, which is right.
  WHERE k.source = s.source AND (k.reading > s.reading) IS NOT TRUE AND k.until > s.reading) k ON true;

-- A plan that is as it was in the run before is stored once: for the later run, with the first run of which it was so.
ALTER TABLE key_action ADD COLUMN since_run bigint;
ALTER TABLE run ADD COLUMN plans_merged boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN key_action.since_run IS 'The first of the merged runs up to this one that had the same plan; null: only this run.';
COMMENT ON COLUMN run.plans_merged IS 'Plans that a later run had too are stored for that one only.';
CREATE INDEX key_action_since ON key_action (since_run) WHERE since_run IS NOT NULL;

-- What a run has planned and done, whether it is stored for it or for a later one.
CREATE FUNCTION actions_of(of_run bigint) RETURNS SETOF key_action
    LANGUAGE sql STABLE AS $$
SELECT * FROM ${flyway:defaultSchema}.key_action a
WHERE a.run_id = of_run
   OR a.since_run <= of_run AND a.run_id > of_run
      AND (SELECT r.plans_merged FROM ${flyway:defaultSchema}.run r WHERE r.run_id = of_run)
$$;

CREATE FUNCTION analyze_inventory() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    ANALYZE run, run_source;
    -- As autovacuum would do it in a minute, were key_record no partitioned table.
    IF EXISTS (SELECT FROM pg_class r JOIN pg_stat_user_tables n ON n.relid = 'key_record_now'::regclass
               WHERE r.oid = 'key_record'::regclass AND (r.reltuples < 0 OR n.n_mod_since_analyze > r.reltuples / 10)) THEN
        ANALYZE key_record, key_block;
    END IF;
END $$;
REVOKE ALL ON FUNCTION analyze_inventory() FROM PUBLIC;

DO $$
DECLARE
    written text;
BEGIN
    FOREACH written IN ARRAY ARRAY['key_record', 'key_record_now', 'key_record_before', 'key_block', 'key_use_before', 'key_use_gap_read'] LOOP
        EXECUTE format('CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION require_lock()', written);
    END LOOP;
END $$;
