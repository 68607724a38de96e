-- The next mail of a run is asked for once for each of them: without this the time grows with the
-- square of the number of owners.
CREATE INDEX notice_waiting ON notice (run_id, notice_id) WHERE status IN ('PENDING', 'SENDING');
