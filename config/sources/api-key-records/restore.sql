-- Only a key that the run :run_id disabled at that very moment and that nobody has touched since:
-- whoever re-enables a key, or disables it again, clears or changes both. The number of a run alone
-- would not do: where two Keystewards govern one register, both count their runs from 1.
UPDATE api_key
SET status = 'active', disabled_at = NULL, disabled_by_run = NULL
WHERE id = :key_id
  AND status = 'disabled'
  AND disabled_by_run = :run_id
  AND disabled_at = CAST(:disabled_at AS timestamptz)
RETURNING id
