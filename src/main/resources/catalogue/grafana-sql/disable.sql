-- is_revoked is what Grafana itself sets where a token was found in public. The mark is the column updated.
UPDATE api_key k SET is_revoked = true, updated = clock_timestamp() AT TIME ZONE 'UTC'
  FROM (SELECT id, is_revoked FROM api_key WHERE id = CAST(:key_id AS bigint) FOR UPDATE) AS before
 WHERE k.id = before.id AND before.is_revoked IS NOT TRUE
   AND k.created AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
   AND k.last_used_at AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
RETURNING before.is_revoked AS old_revoked, k.updated AS off_at
