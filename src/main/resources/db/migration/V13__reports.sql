-- A report that exists is replaced, and an old one removed, only where it is what this run has written.

ALTER TABLE run ADD COLUMN report_hashes text[] NOT NULL DEFAULT '{}';
UPDATE run SET report_hashes = ARRAY[report_sha256] WHERE report_sha256 IS NOT NULL;
COMMENT ON COLUMN run.report_hashes IS 'SHA-256 of each file that this run has ever given to its report: the workbook, and the inventory beside it.';
COMMENT ON COLUMN run.report_path IS 'Where the workbook is; null: it is not written yet, or was removed (keysteward.report.keep).';
