-- What an owner was told counts for whom it was told, and not before the day that it named.

ALTER TABLE notice_key ADD COLUMN announced_at timestamptz;
COMMENT ON COLUMN notice_key.announced_at IS 'The day that the mail named for the key; null: none, and the notice does not count.';
COMMENT ON COLUMN finding.seen_days IS 'On how many different days (UTC; of the as-of, and of the reading) complete runs have seen it since it was opened, the last run''s day included.';
