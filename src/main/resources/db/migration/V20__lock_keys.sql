-- Advisory locks are open to whoever may connect to this database: who takes the ones of Keysteward could keep every run from
-- starting, or every write of it waiting. So who holds a lock is in lock_holder, which others may not touch, and the advisory lock
-- that shows that the holder lives has another number each time.

ALTER TABLE lock_holder ADD COLUMN session_lock bigint;
COMMENT ON COLUMN lock_holder.session_lock IS 'The advisory lock that the session holds as long as it lives, drawn for it; null: lock_key.';

CREATE FUNCTION is_held(lock_key bigint) RETURNS boolean
    LANGUAGE sql SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
    SELECT EXISTS (SELECT FROM lock_holder h JOIN pg_locks l ON l.pid = h.pid
                   WHERE h.lock_key = is_held.lock_key AND l.locktype = 'advisory' AND l.mode = 'ExclusiveLock' AND l.granted
                     AND l.objsubid = 1
                     AND (l.classid::bigint << 32 | l.objid::bigint) = coalesce(h.session_lock, h.lock_key)
                     AND l.database = (SELECT d.oid FROM pg_database d WHERE d.datname = current_database()))
$$;

-- Takes a lock for this session, and returns a new token; null: another session holds it. It waits until every transaction that
-- was begun under an earlier token has ended: they hold the holder's row, shared.
CREATE FUNCTION take_lock(lock_key bigint) RETURNS bigint
    LANGUAGE plpgsql SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    drawn bigint;
    taken bigint;
BEGIN
    IF is_held(take_lock.lock_key) THEN
        RETURN NULL;
    END IF;
    INSERT INTO lock_holder AS h (lock_key, token, pid) VALUES (take_lock.lock_key, nextval('lock_token'), 0)
    ON CONFLICT ON CONSTRAINT lock_holder_pkey DO NOTHING;
    PERFORM FROM lock_holder h WHERE h.lock_key = take_lock.lock_key FOR UPDATE;
    IF is_held(take_lock.lock_key) THEN
        RETURN NULL;
    END IF;
    LOOP
        drawn := ('x' || left(replace(gen_random_uuid()::text, '-', ''), 16))::bit(64)::bigint;
        EXIT WHEN pg_try_advisory_lock(drawn);
    END LOOP;
    UPDATE lock_holder h SET token = nextval('lock_token'), pid = pg_backend_pid(), session_lock = drawn, taken_at = clock_timestamp()
    WHERE h.lock_key = take_lock.lock_key RETURNING h.token INTO taken;
    RETURN taken;
END $$;

DROP FUNCTION next_token(bigint);

-- Before each statement that writes. A session that says of no lock that it holds it (somebody
-- who repairs something by hand, the command report) is nobody's affair.
CREATE OR REPLACE FUNCTION require_lock() RETURNS trigger
    LANGUAGE plpgsql SET search_path = ${flyway:defaultSchema}, pg_temp AS $$
DECLARE
    held   bigint;
    fenced bigint;
BEGIN
    FOREACH held IN ARRAY coalesce(string_to_array(nullif(current_setting('keysteward.tokens', true), ''), ','), '{}')::bigint[] LOOP
        SELECT h.lock_key INTO fenced FROM lock_holder h WHERE h.token = held FOR SHARE;
        IF NOT found THEN
            RAISE EXCEPTION 'another process has taken the lock' USING ERRCODE = 'KS004';
        END IF;
        -- pg_locks is as of now, whatever this transaction sees of the table.
        IF NOT is_held(fenced) THEN
            RAISE EXCEPTION 'the session that held the lock is gone' USING ERRCODE = 'KS001';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
