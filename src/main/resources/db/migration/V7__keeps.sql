-- A run may store flagged keys only; then its reader alone knows how many there were of the others.

ALTER TABLE run ADD COLUMN keeps text NOT NULL DEFAULT 'ALL' CHECK (keeps IN ('ALL', 'FLAGGED'));
COMMENT ON COLUMN run.keeps IS 'FLAGGED: key_snapshot has the flagged keys, those with data errors, and those of which finding or key_action has something.';

ALTER TABLE run_source
    ADD COLUMN judged_rows       bigint,
    ADD COLUMN data_error_rows   bigint,
    ADD COLUMN not_governed_rows bigint,
    ADD COLUMN not_active_rows   bigint,
    ADD COLUMN flagged_rows      bigint,
    ADD COLUMN stored_rows       bigint;
COMMENT ON COLUMN run_source.judged_rows IS 'With the following columns: counted by the reader where run.keeps is FLAGGED; else null, and counted from key_snapshot.';
COMMENT ON COLUMN run_source.stored_rows IS 'Rows that the reader gave to be stored: as many must be in key_snapshot.';
