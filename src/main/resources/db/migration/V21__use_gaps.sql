-- The use of each key over time is kept as its gaps: small, and for ever.

CREATE TABLE key_use_gap (
    source   text COLLATE "C" NOT NULL,
    key_id   text COLLATE "C" NOT NULL,
    from_at  timestamptz NOT NULL,
    to_at    timestamptz NOT NULL,
    seen_run bigint NOT NULL,
    PRIMARY KEY (source, key_id, to_at),
    CHECK (to_at >= from_at + interval '336 hours')
);
COMMENT ON TABLE key_use_gap IS 'Times between two uses of a key of which a reading has seen at least fourteen days pass without one.';
COMMENT ON COLUMN key_use_gap.from_at IS 'The last use before; to_at: the next one that a reading has seen, so a use after the last reading without one may have been overwritten.';
COMMENT ON COLUMN key_use_gap.seen_run IS 'The run whose reading ended it.';

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON key_use_gap
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
