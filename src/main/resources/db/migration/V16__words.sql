-- What a run says is true: how stale a recorded use may be, and which findings ended by our own hand.

ALTER TABLE run_source ADD COLUMN granularity_seconds bigint;
COMMENT ON COLUMN run_source.granularity_seconds IS 'How stale its last uses may be, by its definition when it was read.';

COMMENT ON COLUMN finding.resolution IS 'Why it ended; DISABLED_BY_KEYSTEWARD where Keysteward itself had disabled the key.';

-- What failed and may pass is not done: its intent is taken back, and the run tries again when it is continued.
ALTER TABLE key_action ADD COLUMN failure text CHECK (failure IN ('MAY_PASS', 'STAYS'));
COMMENT ON COLUMN key_action.failure IS 'MAY_PASS: the next start of the run tries again; STAYS: the outcome is FAILED.';

CREATE OR REPLACE FUNCTION keep_key_action() RETURNS trigger
    LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        RAISE EXCEPTION 'key_action is append-only' USING ERRCODE = 'restrict_violation';
    END IF;
    IF OLD.intended_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.outcome IS NULL
       AND (NEW.action_id, NEW.run_id, NEW.source, NEW.key_id, NEW.action, NEW.decision, NEW.evidence)
           = (OLD.action_id, OLD.run_id, OLD.source, OLD.key_id, OLD.action, OLD.decision, OLD.evidence)
       AND (NEW.intended_at = OLD.intended_at
            OR NEW.intended_at IS NULL AND NEW.outcome IS NULL AND NEW.undo IS NULL AND NEW.failure = 'MAY_PASS') THEN
        RETURN NEW;
    END IF;
    IF TG_OP = 'UPDATE' AND OLD.outcome = 'DISABLED' AND OLD.restored_by_run IS NULL
       AND to_jsonb(NEW) - 'restored_by_run' = to_jsonb(OLD) - 'restored_by_run' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'key_action % is what was done to a key: it is neither changed nor deleted', OLD.action_id
        USING ERRCODE = 'restrict_violation';
END $$;
