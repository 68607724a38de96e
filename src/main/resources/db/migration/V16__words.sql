-- What a run says is true: how stale a recorded use may be, and which findings ended by our own hand.

ALTER TABLE run_source ADD COLUMN granularity_seconds bigint;
COMMENT ON COLUMN run_source.granularity_seconds IS 'How stale its last uses may be, by its definition when it was read.';

COMMENT ON COLUMN finding.resolution IS 'Why it ended; DISABLED_BY_KEYSTEWARD where Keysteward itself had disabled the key.';
