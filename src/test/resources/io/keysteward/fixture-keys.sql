-- Tests write single keys of a run's inventory: each run's are a reading by itself.

CREATE FUNCTION keysteward.fixture_key() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    number int;
BEGIN
    IF TG_OP = 'INSERT' THEN
        SELECT reading INTO number FROM keysteward.run_source WHERE run_id = NEW.run_id AND source = NEW.source;
        IF number IS NULL THEN
            number := -nextval('keysteward.reading_number');
            INSERT INTO keysteward.run_source AS s (run_id, source, title, status, reading, run_as_of)
            SELECT run_id, NEW.source, NEW.source, 'READ', number, as_of FROM keysteward.run WHERE run_id = NEW.run_id
            ON CONFLICT (run_id, source) DO UPDATE SET reading = excluded.reading, run_as_of = excluded.run_as_of;
        END IF;
        INSERT INTO keysteward.key_record_before
        VALUES (0, number, NEW.source, NEW.key_id, NEW.name, NEW.masked_key, NEW.project_id, NEW.project_name,
                NEW.project_state, NEW.owner_id, NEW.owner_name, NEW.owner_email, NEW.owner_state, NEW.created_at, false,
                NEW.last_used_at, NEW.usage, NEW.expires_at, NEW.status, NEW.kind, NEW.judgement, NEW.findings,
                NEW.violations, NEW.reasons, NULL, NEW.violation_at, NEW.grace_days, coalesce(NEW.exempted_by, '{}'),
                NEW.exemption, NEW.data_error, NEW.known_use, number + 1, NEW.referenced_by);
        INSERT INTO keysteward.key_denied (source, key_id, denied_at, reading, seen_run)
        SELECT NEW.source, NEW.key_id, NEW.last_denied_at, abs(number), NEW.run_id WHERE NEW.last_denied_at IS NOT NULL;
        RETURN NEW;
    END IF;
    SELECT reading INTO number FROM keysteward.run_source WHERE run_id = OLD.run_id AND source = OLD.source;
    IF TG_OP = 'DELETE' THEN
        DELETE FROM keysteward.key_record_now WHERE source = OLD.source AND key_id = OLD.key_id AND reading <= number;
        DELETE FROM keysteward.key_record_before
        WHERE source = OLD.source AND key_id = OLD.key_id AND reading <= number AND until > number;
        RETURN OLD;
    END IF;
    EXECUTE format('UPDATE %s SET key_id = $1.key_id, name = $1.name, masked_key = $1.masked_key, project_id = $1.project_id,
                    project_name = $1.project_name, project_state = $1.project_state, owner_id = $1.owner_id,
                    owner_name = $1.owner_name, owner_email = $1.owner_email, owner_state = $1.owner_state,
                    created_at = $1.created_at, use_apart = false, last_used_at = $1.last_used_at, usage = $1.usage,
                    expires_at = $1.expires_at, status = $1.status, kind = $1.kind, judgement = $1.judgement,
                    findings = $1.findings, violations = $1.violations, reasons = $1.reasons, reasons_since = NULL,
                    violation_at = $1.violation_at, grace_days = $1.grace_days, exempted_by = $1.exempted_by,
                    exemption = $1.exemption, data_error = $1.data_error, known_use = $1.known_use,
                    referenced_by = $1.referenced_by
                    WHERE source = $1.source AND key_id = $3 AND reading <= $2 AND %s',
                   CASE WHEN number < 0 THEN 'keysteward.key_record_before' ELSE 'keysteward.key_record_now' END,
                   CASE WHEN number < 0 THEN 'until > $2' ELSE 'true' END) USING NEW, number, OLD.key_id;
    RETURN NEW;
END $$;

CREATE TRIGGER fixture_key INSTEAD OF INSERT OR UPDATE OR DELETE ON keysteward.key_snapshot
    FOR EACH ROW EXECUTE FUNCTION keysteward.fixture_key();
