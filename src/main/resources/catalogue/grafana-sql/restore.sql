UPDATE api_key SET is_revoked = CAST(:old_revoked AS boolean), updated = clock_timestamp() AT TIME ZONE 'UTC'
 WHERE id = CAST(:key_id AS bigint) AND is_revoked AND updated = CAST(:off_at AS timestamp)
