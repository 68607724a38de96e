-- What will have happened to every key by the last run. The tables of a source are brought from one
-- instant to the next out of this, so that each earlier run reads what was true then.
-- Instants are written as their distance from the last run: ago('92 days 1 hour').

CREATE SCHEMA story;

CREATE TABLE story.clock (now timestamptz NOT NULL);

-- The instant that the story has reached. Who looks for functions here first, as the demo's sources
-- are configured to, is told this time: a run may disable only by a source that tells its own time.
CREATE TABLE story.today (at timestamptz NOT NULL);
CREATE FUNCTION public.now() RETURNS timestamptz LANGUAGE sql STABLE AS 'SELECT at FROM story.today';
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE AS 'SELECT at FROM story.today';
GRANT USAGE ON SCHEMA story TO PUBLIC;
GRANT SELECT ON story.today TO PUBLIC;

-- Days are 24 hours here, whatever the session's time zone does that night.
CREATE FUNCTION story.ago(distance text) RETURNS timestamptz LANGUAGE sql STABLE AS $$
SELECT now - extract(epoch FROM distance::interval) * interval '1 second' FROM story.clock
$$;

CREATE TABLE story.key (
    id           text PRIMARY KEY,
    place        text NOT NULL DEFAULT 'main',
    name         text,
    masked_key   text,
    project_id   text,
    owner_id     text,
    kind         text DEFAULT 'team',
    status       text NOT NULL DEFAULT 'active',
    created_at   timestamptz DEFAULT story.ago('200 days 3 hours'),
    last_used_at timestamptz DEFAULT story.ago('2 hours'),
    used_before  timestamptz,
    expires_at   timestamptz,
    promise      text
);
COMMENT ON COLUMN story.key.last_used_at IS 'Null: never used.';
COMMENT ON COLUMN story.key.used_before IS 'The use before the last one; null: used all the time until then; -infinity: none.';
COMMENT ON COLUMN story.key.promise IS 'What the last run must say of this key, for those made to show something.';

CREATE TYPE story.key_at AS (
    id text, place text, name text, masked_key text, project_id text, owner_id text, kind text,
    status text, created_at timestamptz, last_used_at timestamptz, expires_at timestamptz
);

-- A key as it looked at an instant. What lies in the future even of the last run was always wrong.
CREATE FUNCTION story.keys_at(instant timestamptz) RETURNS SETOF story.key_at LANGUAGE sql STABLE AS $$
SELECT id, place, name,
       coalesce(masked_key, 'nh-' || left(md5(id), 4) || '********' || right(md5(id), 4)),
       project_id, owner_id, kind, status, created_at,
       CASE
           WHEN last_used_at IS NULL OR used_before = '-infinity' AND last_used_at > instant THEN NULL
           WHEN last_used_at <= instant + interval '5 minutes' THEN last_used_at
           WHEN last_used_at > now + interval '5 minutes' THEN last_used_at
           WHEN used_before IS NOT NULL THEN used_before
           -- Used all the time: some minutes up to a day ago, different for each key and instant.
           ELSE greatest(created_at, instant - (abs(hashtext(id || instant::text)::bigint) % 1200) * interval '1 minute')
       END,
       expires_at
FROM story.key, story.clock
WHERE created_at IS NULL OR created_at <= instant OR created_at > now
$$;

-- The keys that were made between two instants; since -infinity: all that there were.
CREATE FUNCTION story.new_keys(since timestamptz, until timestamptz)
    RETURNS SETOF story.key_at LANGUAGE sql STABLE AS $$
SELECT * FROM story.keys_at(until)
WHERE since = '-infinity' OR created_at > since AND created_at <= until
ORDER BY id
$$;
