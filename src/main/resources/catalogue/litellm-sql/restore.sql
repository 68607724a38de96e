UPDATE "LiteLLM_VerificationToken"
   SET blocked = CAST(:old_blocked AS boolean), updated_by = :old_updated_by, updated_at = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE token = :key_id AND blocked
   AND updated_by = 'keysteward' AND updated_at = CAST(:off_at AS timestamp)
