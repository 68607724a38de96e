-- Which file of its definition a source's faults are corrected in: that depends on the kind of source.

ALTER TABLE run_source ADD COLUMN definition_file text NOT NULL DEFAULT 'select.sql';
COMMENT ON COLUMN run_source.definition_file IS 'The file of its definition that says what is shown of a key, as messages name it.';
