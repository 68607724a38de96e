-- A run is reported in one format or more: where each is, and what is in it.

CREATE TABLE run_report (
    run_id bigint NOT NULL REFERENCES run,
    format text   NOT NULL,
    path   text,
    sha256 text,
    PRIMARY KEY (run_id, format)
);
COMMENT ON TABLE run_report IS 'The reports of a run, one of each format (keysteward.report.formats).';
COMMENT ON COLUMN run_report.path IS 'Where it is; null: it was removed (keysteward.report.keep).';
COMMENT ON COLUMN run_report.sha256 IS 'SHA-256 of the file; null: the run has changed since it was written, and it is written again.';
COMMENT ON COLUMN run.report_hashes IS 'SHA-256 of each file that this run has ever given to its reports: they themselves, and the inventory beside the workbook.';

INSERT INTO run_report (run_id, format, path, sha256)
SELECT run_id, 'workbook', report_path, report_sha256 FROM run WHERE coalesce(report_path, report_sha256) IS NOT NULL;

ALTER TABLE run DROP COLUMN report_path, DROP COLUMN report_sha256;

CREATE TRIGGER require_lock BEFORE INSERT OR UPDATE OR DELETE ON run_report
    FOR EACH STATEMENT EXECUTE FUNCTION require_lock();
