-- Compare and set: only the very key that was read, still active and not used since.
UPDATE api_key
SET status = 'disabled', disabled_at = clock_timestamp(), disabled_by_run = :run_id
WHERE id = :key_id
  AND status = 'active'
  AND (expires_at IS NULL OR expires_at > CAST(:as_of AS timestamptz))
  AND created_at IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
  AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
RETURNING disabled_at, disabled_by_run
