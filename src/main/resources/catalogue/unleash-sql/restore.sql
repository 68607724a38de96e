-- Whoever has given the token another end since keeps it.
UPDATE api_tokens SET expires_at = CAST(:old_end AS timestamptz)
 WHERE 'sha256:' || encode(sha256(convert_to(secret, 'UTF8')), 'hex') = :key_id
   AND expires_at = CAST(:off_at AS timestamptz)
