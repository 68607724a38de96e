WITH old AS (
  UPDATE api_tokens SET expires_at = CAST(:old_end AS timestamptz)
   WHERE 'sha256:' || encode(sha256(convert_to(secret, 'UTF8')), 'hex') = :key_id
     AND expires_at = CAST(:off_at AS timestamptz)
  RETURNING 1),
new AS (
  UPDATE api_tokens_v2 SET expires_at = CAST(:old_end AS timestamptz)
   WHERE 'v2:' || selector = :key_id AND expires_at = CAST(:off_at AS timestamptz)
  RETURNING 1)
SELECT 1 FROM old UNION ALL SELECT 1 FROM new
