-- What people decide about keys, in a workbook that the command decide takes back.

-- A workbook names its installation, so that no other one takes it.
CREATE TABLE installation (
    id       uuid    NOT NULL DEFAULT gen_random_uuid(),
    only_one boolean PRIMARY KEY DEFAULT true CHECK (only_one)
);
INSERT INTO installation DEFAULT VALUES;

CREATE TABLE decision_file (
    file_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    run_id     bigint      NOT NULL REFERENCES run,
    name       text        NOT NULL,
    sha256     text        NOT NULL,
    population bigint      NOT NULL,
    applied_by text        NOT NULL,
    applied_at timestamptz NOT NULL,
    after_run  bigint      NOT NULL REFERENCES run
);
COMMENT ON TABLE decision_file IS 'A filled workbook whose decisions were stored.';
COMMENT ON COLUMN decision_file.applied_at IS 'By the database''s clock.';
COMMENT ON COLUMN decision_file.run_id IS 'The run that wrote the workbook.';
COMMENT ON COLUMN decision_file.after_run IS 'The newest run when it was applied: what that one had done, it had done without.';
COMMENT ON COLUMN decision_file.population IS 'The flagged keys of that run.';

CREATE TABLE decision (
    decision_id    bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    file_id        bigint      NOT NULL REFERENCES decision_file,
    source         text        COLLATE "C" NOT NULL,
    key_id         text        COLLATE "C" NOT NULL,
    key_created_at timestamptz,
    kind           text        NOT NULL CHECK (kind IN ('KEEP', 'EXEMPT_UNTIL', 'DISABLE', 'NEW_OWNER')),
    ends_at        timestamptz,
    reason         text,
    decided_by     text        NOT NULL,
    new_owner      text,
    CHECK ((kind IN ('KEEP', 'EXEMPT_UNTIL')) = (ends_at IS NOT NULL)),
    CHECK ((kind = 'NEW_OWNER') = (new_owner IS NOT NULL)),
    CHECK (kind = 'DISABLE' OR reason IS NOT NULL)
);
CREATE INDEX decision_key ON decision (source, key_id);
COMMENT ON COLUMN decision.key_created_at IS 'As the run has it: a key that was created at another time is another key.';
COMMENT ON COLUMN decision.ends_at IS 'The first instant without the permission; null: it permits nothing.';
COMMENT ON COLUMN decision.decided_by IS 'Whoever the file names, which nobody has proven.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON installation
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON decision_file
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON decision
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();

-- The last decision on each key but for new owners, which permit and approve nothing.
CREATE VIEW decision_in_force AS
SELECT DISTINCT ON (d.source, d.key_id) d.*, f.run_id, f.name AS file_name, f.applied_by, f.applied_at
FROM decision d JOIN decision_file f USING (file_id)
WHERE d.kind <> 'NEW_OWNER'
ORDER BY d.source, d.key_id, d.decision_id DESC;

-- An approval ends with any later decision: a new owner has not been asked. A run that was set aside shows nothing to
-- approve.
CREATE VIEW key_approval AS
SELECT l.source, l.key_id, l.key_created_at, r.as_of, l.decided_by
FROM (SELECT DISTINCT ON (d.source, d.key_id) d.*, f.run_id
      FROM decision d JOIN decision_file f USING (file_id)
      ORDER BY d.source, d.key_id, d.decision_id DESC) l
JOIN run r ON r.run_id = l.run_id
WHERE l.kind = 'DISABLE' AND r.status <> 'SET_ASIDE';

-- The last new owner that somebody named for each key.
CREATE VIEW named_owner AS
SELECT DISTINCT ON (source, key_id) source, key_id, key_created_at, new_owner
FROM decision WHERE kind = 'NEW_OWNER'
ORDER BY source, key_id, decision_id DESC;

-- Whoever was named in place of an owner is whom a key is about: an earlier notice to somebody else does not count.
CREATE FUNCTION key_contact(new_owner text, owner_id text, owner_email text, owner_state text, project_id text) RETURNS jsonb
    LANGUAGE sql IMMUTABLE AS $$
SELECT CASE WHEN new_owner IS NULL THEN jsonb_build_array(owner_id, owner_email, owner_state, project_id)
            ELSE jsonb_build_array(NULL::text, new_owner, NULL::text, project_id) END
$$;
