-- Only a key that the run :run_id disabled and that nobody has touched since: whoever
-- re-enables a key, or disables it again, clears or changes disabled_by_run.
UPDATE api_key
SET status = 'active', disabled_at = NULL, disabled_by_run = NULL
WHERE id = :key_id
  AND status = 'disabled'
  AND disabled_by_run = :run_id
RETURNING id
