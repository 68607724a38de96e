-- Use is never forgotten: a key is judged by the newest use that any reading has seen, whatever its source shows later.

CREATE TABLE key_use (
    source       text COLLATE "C" NOT NULL,
    key_id       text COLLATE "C" NOT NULL,
    created_at   timestamptz,
    last_used_at timestamptz NOT NULL,
    seen_run     bigint NOT NULL,
    PRIMARY KEY (source, key_id)
) WITH (fillfactor = 80); -- In a busy register a third of them is updated every night, in its place.
COMMENT ON TABLE key_use IS 'The newest use of each key that a complete reading has seen.';
COMMENT ON COLUMN key_use.created_at IS 'When the key was created: one that was created later is another key, whose use this is not.';
COMMENT ON COLUMN key_use.seen_run IS 'The run whose reading it was taken from; of inventories from before this table: the first that had the key.';

CREATE TABLE key_use_read (
    source       text COLLATE "C" NOT NULL,
    key_id       text COLLATE "C" NOT NULL,
    created_at   timestamptz,
    last_used_at timestamptz NOT NULL
);
COMMENT ON TABLE key_use_read IS 'Newer uses of a source that is being read: they become key_use when it has been read to its end.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON key_use
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON key_use_read
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();

ALTER TABLE key_snapshot ADD COLUMN known_use timestamptz;
COMMENT ON COLUMN key_snapshot.last_used_at IS 'As its source showed it.';
COMMENT ON COLUMN key_snapshot.known_use IS 'The newest use that an earlier reading has seen, by which it was judged, where its source shows an older one or none; null: it does not.';

ALTER TABLE run_source ADD COLUMN gone_back bigint;
COMMENT ON COLUMN run_source.gone_back IS 'Keys of which it showed an older last use than an earlier reading has seen, or none.';

-- Of the inventories that are kept. A key under whose id there was another one before is the one that was created last.
INSERT INTO key_use (source, key_id, created_at, last_used_at, seen_run)
SELECT DISTINCT ON (source, key_id) source, key_id, created_at, last_used_at, seen_run
FROM (SELECT k.source, k.key_id, k.created_at, max(k.last_used_at) AS last_used_at, min(k.run_id) AS seen_run
      FROM key_snapshot k
      JOIN run_source s ON s.run_id = k.run_id AND s.source = k.source AND s.status = 'READ'
      WHERE k.last_used_at >= '2000-01-01Z' AND k.last_used_at <= s.snapshot_at + interval '5 minutes'
      GROUP BY k.source, k.key_id, k.created_at) seen
ORDER BY source, key_id, created_at DESC NULLS LAST;
