-- The mark is updated_at with updated_by: LiteLLM writes both whenever it changes a key.
UPDATE "LiteLLM_VerificationToken" k
   SET blocked = true, updated_by = 'keysteward', updated_at = clock_timestamp() AT TIME ZONE 'UTC'
  FROM (SELECT token, blocked, updated_by FROM "LiteLLM_VerificationToken" WHERE token = :key_id FOR UPDATE) AS before
 WHERE k.token = before.token AND before.blocked IS NOT TRUE
   AND k.created_at AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
   AND k.last_active AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
RETURNING before.blocked AS old_blocked, before.updated_by AS old_updated_by, k.updated_at AS off_at
