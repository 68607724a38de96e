-- Who has lost the lock under which it works writes nothing any more.

CREATE SEQUENCE lock_token;

-- The last token of each lock, and the session that got it.
CREATE TABLE lock_holder (
    lock_key bigint  PRIMARY KEY,
    token    bigint  NOT NULL UNIQUE,
    pid      int     NOT NULL,
    taken_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
COMMENT ON TABLE lock_holder IS 'Not who holds a lock (pg_locks knows), but whose token is the last.';

-- A new token for the session that has just taken the advisory lock lock_key. It waits until every
-- transaction that was begun under an earlier token has ended: they hold lock_key + 16, shared.
CREATE FUNCTION next_token(lock_key bigint) RETURNS bigint
    LANGUAGE plpgsql SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    taken bigint;
BEGIN
    PERFORM pg_advisory_xact_lock(next_token.lock_key + 16);
    INSERT INTO lock_holder AS h (lock_key, token, pid)
    VALUES (next_token.lock_key, nextval('lock_token'), pg_backend_pid())
    ON CONFLICT ON CONSTRAINT lock_holder_pkey
        DO UPDATE SET token = excluded.token, pid = excluded.pid, taken_at = excluded.taken_at
    RETURNING token INTO taken;
    RETURN taken;
END $$;

-- Before each statement that writes. A session that says of no lock that it holds it (somebody
-- who repairs something by hand, the command report) is nobody's affair.
CREATE FUNCTION require_lock() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    held   bigint;
    fenced bigint;
BEGIN
    FOREACH held IN ARRAY coalesce(string_to_array(nullif(current_setting('keysteward.tokens', true), ''), ','), '{}')::bigint[] LOOP
        SELECT h.lock_key INTO fenced FROM lock_holder h WHERE h.token = held;
        IF NOT found THEN
            RAISE EXCEPTION 'another process has taken the lock' USING ERRCODE = 'KS004';
        END IF;
        PERFORM pg_advisory_xact_lock_shared(fenced + 16);
        -- pg_locks is as of now, whatever this transaction sees of the table.
        PERFORM FROM lock_holder h JOIN pg_locks l ON l.pid = h.pid
        WHERE h.token = held AND l.locktype = 'advisory' AND l.mode = 'ExclusiveLock' AND l.granted AND l.objsubid = 1
          AND (l.classid::bigint << 32 | l.objid::bigint) = h.lock_key
          AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database());
        IF NOT found THEN
            RAISE EXCEPTION 'the session that held the lock is gone' USING ERRCODE = 'KS001';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;

DO $$
DECLARE
    written text;
BEGIN
    FOREACH written IN ARRAY ARRAY['run', 'run_source', 'run_exemption', 'run_hold', 'key_snapshot', 'finding', 'finding_event',
        'key_action', 'notice', 'notice_key', 'batch_job_instance', 'batch_job_execution', 'batch_job_execution_params',
        'batch_job_execution_context', 'batch_step_execution', 'batch_step_execution_context'] LOOP
        EXECUTE format('CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON %I
                        FOR EACH STATEMENT EXECUTE FUNCTION require_lock()', written);
    END LOOP;
END $$;
