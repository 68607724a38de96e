-- Keysteward's own tables. Times are timestamptz; the words are those of docs/design.md.

CREATE TABLE run (
    run_id           bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_key          text        NOT NULL UNIQUE,
    as_of            timestamptz NOT NULL,
    mode             text        NOT NULL CHECK (mode IN ('REPORT', 'DISABLE')),
    trigger          text        NOT NULL,
    requested_by     text        NOT NULL,
    policy_sha256    text        NOT NULL,
    policy           jsonb       NOT NULL,
    sources          text[]      NOT NULL,
    projects         text[],
    narrowed         boolean     NOT NULL,
    baseline_run_id  bigint      REFERENCES run,
    status           text        NOT NULL CHECK (status IN ('RUNNING', 'COMPLETE', 'FAILED', 'STOPPED')),
    started_at       timestamptz NOT NULL DEFAULT clock_timestamp(),
    finished_at      timestamptz,
    totals           jsonb,
    report_path      text,
    report_sha256    text,
    job_execution_id bigint,
    fault            text
);
COMMENT ON COLUMN run.projects IS 'The projects to which --project narrowed the run; null: all.';
COMMENT ON COLUMN run.narrowed IS 'Narrowed by --source or --project: no baseline for the next run.';
COMMENT ON COLUMN run.baseline_run_id IS 'The last complete, not narrowed run before this one: what Changes compares with.';

CREATE TABLE run_source (
    run_id      bigint NOT NULL REFERENCES run,
    source      text   NOT NULL,
    title       text   NOT NULL,
    status      text   NOT NULL CHECK (status IN ('PENDING', 'READ', 'FAILED')),
    snapshot_at timestamptz,
    read_rows   bigint,
    remasked    bigint,
    fault       text,
    PRIMARY KEY (run_id, source)
);
COMMENT ON COLUMN run_source.read_rows IS 'Rows that the reader counted: one side of the control totals.';
COMMENT ON COLUMN run_source.remasked IS 'Rows whose masked_key held a whole secret: a fault of select.sql.';

CREATE TABLE key_snapshot (
    run_id        bigint NOT NULL,
    source        text   NOT NULL,
    key_id        text   NOT NULL,
    name          text,
    masked_key    text,
    project_id    text,
    project_name  text,
    project_state text,
    owner_id      text,
    owner_name    text,
    owner_email   text,
    owner_state   text,
    created_at    timestamptz,
    last_used_at  timestamptz,
    usage         text   NOT NULL CHECK (usage IN ('USED', 'NEVER_USED', 'UNKNOWN')),
    expires_at    timestamptz,
    status        text   CHECK (status IN ('ACTIVE', 'DISABLED', 'EXPIRED')),
    kind          text,
    judgement     text   NOT NULL CHECK (judgement IN ('JUDGED', 'DATA_ERROR', 'NOT_GOVERNED', 'NOT_ACTIVE')),
    idle_days     int,
    findings      text[] NOT NULL,
    violations    text[] NOT NULL,
    reasons       text[] NOT NULL,
    violation_at  timestamptz[] NOT NULL,
    grace_days    int[]  NOT NULL,
    exemption     text,
    data_error    text,
    PRIMARY KEY (run_id, source, key_id)
) PARTITION BY LIST (run_id);
COMMENT ON COLUMN key_snapshot.violations IS 'Those of the findings that are at VIOLATION by the rule alone.';
COMMENT ON COLUMN key_snapshot.violation_at IS 'Per finding: when the rule alone raises it to VIOLATION if nothing changes; null: never.';
COMMENT ON COLUMN key_snapshot.grace_days IS 'Per finding: days open after which it rises to VIOLATION; null: it does not rise with time.';

CREATE TABLE finding (
    source         text        NOT NULL,
    key_id         text        NOT NULL,
    rule           text        NOT NULL,
    level          text        NOT NULL CHECK (level IN ('WARN', 'VIOLATION')),
    status         text        NOT NULL CHECK (status IN ('OPEN', 'RESOLVED')),
    first_seen_run bigint      NOT NULL REFERENCES run,
    first_seen_at  timestamptz NOT NULL,
    last_seen_run  bigint      NOT NULL REFERENCES run,
    last_seen_at   timestamptz NOT NULL,
    violation_at   timestamptz,
    resolved_run   bigint      REFERENCES run,
    resolved_at    timestamptz,
    resolution     text,
    PRIMARY KEY (source, key_id, rule)
) WITH (fillfactor = 70); -- Every open row is updated every night, in its place.
CREATE INDEX finding_open ON finding (source) WHERE status = 'OPEN';

-- What changed in which run. The finding table is today's state; this is how it came about,
-- and what lets a past run's workbook be written again.
CREATE TABLE finding_event (
    run_id        bigint      NOT NULL REFERENCES run,
    source        text        NOT NULL,
    key_id        text        NOT NULL,
    rule          text        NOT NULL,
    event         text        NOT NULL CHECK (event IN ('OPENED', 'RAISED', 'LOWERED', 'RESOLVED')),
    level         text        NOT NULL CHECK (level IN ('WARN', 'VIOLATION')),
    first_seen_at timestamptz NOT NULL,
    resolution    text,
    PRIMARY KEY (source, key_id, rule, run_id)
);
CREATE INDEX finding_event_run ON finding_event (run_id);

-- The findings that were open after a run, as that run left them.
CREATE FUNCTION findings_at(upto bigint)
    RETURNS TABLE (source text, key_id text, rule text, level text, first_seen_at timestamptz)
    LANGUAGE sql STABLE SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
SELECT e.source, e.key_id, e.rule, e.level, e.first_seen_at
FROM (SELECT DISTINCT ON (source, key_id, rule) *
      FROM finding_event WHERE run_id <= upto
      ORDER BY source, key_id, rule, run_id DESC) e
WHERE e.event <> 'RESOLVED'
$$;

CREATE TABLE notice (
    notice_id  bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     bigint      NOT NULL REFERENCES run,
    kind       text        NOT NULL CHECK (kind IN ('WARNING', 'FINAL', 'DISABLED', 'RESTORED', 'REPORT')),
    recipient  text        NOT NULL,
    message_id text        NOT NULL UNIQUE,
    status     text        NOT NULL CHECK (status IN ('PENDING', 'SENDING', 'SENT', 'FAILED')),
    detail     text,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    sent_at    timestamptz
);
CREATE INDEX notice_run ON notice (run_id);

CREATE TABLE notice_key (
    notice_id bigint NOT NULL REFERENCES notice,
    source    text   NOT NULL,
    key_id    text   NOT NULL,
    PRIMARY KEY (notice_id, source, key_id)
);
CREATE INDEX notice_key_key ON notice_key (source, key_id);

-- A run's inventory is a partition of its own, so that an old one is dropped, not deleted row by row.
-- Functions of the owner, so that the role that runs the job need not own the table.
CREATE FUNCTION open_inventory(run_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    EXECUTE format('CREATE TABLE IF NOT EXISTS key_snapshot_r%s PARTITION OF key_snapshot FOR VALUES IN (%s)',
                   run_id, run_id);
    -- The rights on a partition are its own: whoever may write the inventory may write this one.
    EXECUTE format('GRANT SELECT, INSERT, DELETE, TRUNCATE ON key_snapshot_r%s TO %I', run_id, session_user);
END $$;

CREATE FUNCTION drop_inventory(run_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS key_snapshot_r%s', run_id);
END $$;

CREATE FUNCTION analyze_inventory(run_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    EXECUTE format('ANALYZE key_snapshot_r%s', run_id);
END $$;

REVOKE ALL ON FUNCTION open_inventory(bigint), analyze_inventory(bigint), drop_inventory(bigint) FROM PUBLIC;
