-- A plan lives for two nights, and some stay: by run first, each night would leave pages with a few entries for ever.
DROP INDEX key_action_once;
CREATE UNIQUE INDEX key_action_once ON key_action (source, key_id, run_id, action);
CREATE INDEX key_action_run ON key_action (run_id);
-- The index by run finds them as well, and an update of since_run stays in its page.
DROP INDEX key_action_since;

-- Equal entries are stored once, which entries with a time never are.
ALTER TABLE key_use_gap DROP CONSTRAINT key_use_gap_pkey;
CREATE INDEX key_use_gap_key ON key_use_gap (source, key_id);
