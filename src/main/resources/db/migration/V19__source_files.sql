-- Which file a source was read from, where it is one that somebody exports.

ALTER TABLE run_source ADD COLUMN file_name text, ADD COLUMN file_sha256 text;
COMMENT ON COLUMN run_source.file_name IS 'The file that its keys were read from, without its folder; null: no file.';
COMMENT ON COLUMN run_source.file_sha256 IS 'SHA-256 of that file, in hex.';
