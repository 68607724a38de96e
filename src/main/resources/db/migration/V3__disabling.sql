-- Disabling: what is planned and done with each key, what held a run, what was exempt.

ALTER TABLE run DROP CONSTRAINT run_mode_check;
ALTER TABLE run ADD CONSTRAINT run_mode_check CHECK (mode IN ('REPORT', 'DISABLE', 'RESTORE'));
ALTER TABLE run ADD COLUMN exemptions_sha256 text;
COMMENT ON COLUMN run.mode IS 'RESTORE: not a pass of the job, but somebody who switched keys on again.';
COMMENT ON COLUMN run.exemptions_sha256 IS 'Of the exemptions that the inventory was judged with.';

ALTER TABLE run_source
    ADD COLUMN clock_skew_ms bigint,
    ADD COLUMN active_keys   bigint,
    ADD COLUMN unknown_keys  bigint,
    ADD COLUMN newest_use    timestamptz;
COMMENT ON COLUMN run_source.clock_skew_ms IS 'The source''s clock minus ours, when it was read.';
COMMENT ON COLUMN run_source.active_keys IS 'Active keys in its inventory, governed or not.';
COMMENT ON COLUMN run_source.unknown_keys IS 'Those of its keys whose use is not known.';
COMMENT ON COLUMN run_source.newest_use IS 'The newest use of any of its keys: its sign of life.';

ALTER TABLE finding ADD COLUMN seen_days int NOT NULL DEFAULT 1;
COMMENT ON COLUMN finding.seen_days IS 'On how many different days (UTC, of the as-of) a run has seen it since it was opened.';

ALTER TABLE key_snapshot ADD COLUMN exempted_by text[] NOT NULL DEFAULT '{}';
COMMENT ON COLUMN key_snapshot.exempted_by IS 'Per finding: the id of the exemption that covers it; null: none does.';
COMMENT ON COLUMN key_snapshot.exemption IS 'The first of exempted_by that is not null.';

-- Who was told of a key is told of it as it was: another owner has not been.
CREATE FUNCTION key_contact(owner_id text, owner_email text, owner_state text, project_id text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$ SELECT jsonb_build_array(owner_id, owner_email, owner_state, project_id) $$;
ALTER TABLE notice_key ADD COLUMN contact jsonb;
COMMENT ON COLUMN notice_key.contact IS 'key_contact() of the key when its notice was written; null: not known, and the notice does not count.';

-- The exemptions as they were when the run judged, expired ones among them.
CREATE TABLE run_exemption (
    run_id       bigint      NOT NULL REFERENCES run,
    exemption_id text        NOT NULL,
    covers       text        NOT NULL,
    rules        text[]      NOT NULL,
    reason       text        NOT NULL,
    approver     text        NOT NULL,
    ticket       text        NOT NULL,
    expires_at   timestamptz NOT NULL,
    PRIMARY KEY (run_id, exemption_id)
);
COMMENT ON COLUMN run_exemption.covers IS 'Its scope in words, such as: source api-keys, project prj-1, name "batch-*".';
COMMENT ON COLUMN run_exemption.rules IS 'The rules that it permits to break.';

-- Gates that were closed for a whole run, or for a whole source of it.
CREATE TABLE run_hold (
    run_id bigint NOT NULL REFERENCES run,
    gate   text   NOT NULL,
    source text   NOT NULL DEFAULT '',
    detail text   NOT NULL,
    PRIMARY KEY (run_id, gate, source)
);
COMMENT ON COLUMN run_hold.source IS 'The source that it held; empty: all of them.';

CREATE TABLE key_action (
    action_id       bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id          bigint      NOT NULL REFERENCES run,
    source          text        NOT NULL,
    key_id          text        NOT NULL,
    action          text        NOT NULL CHECK (action IN ('DISABLE', 'RESTORE')),
    decision        text        NOT NULL CHECK (decision IN ('DUE', 'HELD')),
    held_by         text,
    closed_gates    text[]      NOT NULL DEFAULT '{}',
    outcome         text        CHECK (outcome IN ('DISABLED', 'RESTORED', 'SKIPPED_CHANGED', 'FAILED', 'WOULD_DISABLE')),
    detail          text,
    due_at          timestamptz,
    warned_at       timestamptz,
    final_at        timestamptz,
    next_notice     text        CHECK (next_notice IN ('WARNING', 'FINAL')),
    evidence        jsonb       NOT NULL DEFAULT '{}',
    intended_at     timestamptz,
    done_at         timestamptz,
    undo            jsonb,
    restored_by_run bigint      REFERENCES run,
    CHECK ((decision = 'HELD') = (held_by IS NOT NULL)),
    CHECK (intended_at IS NULL OR decision = 'DUE'),
    CHECK ((done_at IS NOT NULL) = (outcome IN ('DISABLED', 'RESTORED', 'SKIPPED_CHANGED', 'FAILED') AND outcome IS NOT NULL))
);
COMMENT ON COLUMN key_action.held_by IS 'The first closed gate; closed_gates has all of them, detail says why of each.';
COMMENT ON COLUMN key_action.due_at IS 'The earliest that the key may be disabled if nothing changes; null: not in sight.';
COMMENT ON COLUMN key_action.warned_at IS 'When the mail server took the WARNING that counts; final_at: the FINAL.';
COMMENT ON COLUMN key_action.next_notice IS 'The notice that the owner is to be sent in this run.';
COMMENT ON COLUMN key_action.evidence IS 'What it was decided on.';
COMMENT ON COLUMN key_action.intended_at IS 'Set and committed before the source is touched.';
COMMENT ON COLUMN key_action.undo IS 'What disable.sql returned: what restore.sql gets.';
CREATE UNIQUE INDEX key_action_once ON key_action (run_id, source, key_id, action);
CREATE INDEX key_action_done ON key_action (source, key_id, done_at DESC) WHERE intended_at IS NOT NULL;
CREATE INDEX key_action_unsettled ON key_action (action_id) WHERE intended_at IS NOT NULL AND outcome IS NULL;

-- Whoever asks: what was done to a key is never changed or deleted. All that may be added
-- to it is by whom it was undone.
CREATE FUNCTION keep_key_action() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'key_action is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.intended_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.outcome IS NULL
       AND (NEW.action_id, NEW.run_id, NEW.source, NEW.key_id, NEW.action, NEW.decision, NEW.evidence, NEW.intended_at)
           = (OLD.action_id, OLD.run_id, OLD.source, OLD.key_id, OLD.action, OLD.decision, OLD.evidence, OLD.intended_at) THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.outcome = 'DISABLED' AND OLD.restored_by_run IS NULL
       AND to_jsonb(NEW) - 'restored_by_run' = to_jsonb(OLD) - 'restored_by_run' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'key_action % is what was done to a key: it is neither changed nor deleted', OLD.action_id
        USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER keep_key_action BEFORE UPDATE OR DELETE ON key_action
    FOR EACH ROW EXECUTE FUNCTION keep_key_action();
CREATE TRIGGER keep_key_actions BEFORE TRUNCATE ON key_action
    FOR EACH STATEMENT EXECUTE FUNCTION keep_key_action();

-- With an inventory goes what was only planned on it.
CREATE OR REPLACE FUNCTION drop_inventory(run_id bigint) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
BEGIN
    EXECUTE format('DROP TABLE IF EXISTS key_snapshot_r%s', run_id);
    DELETE FROM key_action a WHERE a.run_id = drop_inventory.run_id AND a.intended_at IS NULL;
END $$;
