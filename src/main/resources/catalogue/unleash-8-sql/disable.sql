WITH old AS (
  UPDATE api_tokens t SET expires_at = clock_timestamp()
    FROM (SELECT secret, expires_at FROM api_tokens
           WHERE 'sha256:' || encode(sha256(convert_to(secret, 'UTF8')), 'hex') = :key_id FOR UPDATE) AS before
   WHERE t.secret = before.secret
     AND (before.expires_at IS NULL OR before.expires_at > clock_timestamp())
     AND t.created_at IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
     AND t.seen_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
  RETURNING before.expires_at AS old_end, t.expires_at AS off_at),
new AS (
  UPDATE api_tokens_v2 t SET expires_at = clock_timestamp()
    FROM (SELECT selector, expires_at FROM api_tokens_v2 WHERE 'v2:' || selector = :key_id FOR UPDATE) AS before
   WHERE t.selector = before.selector
     AND (before.expires_at IS NULL OR before.expires_at > clock_timestamp())
     AND t.created_at IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
     AND t.seen_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
  RETURNING before.expires_at AS old_end, t.expires_at AS off_at)
SELECT old_end, off_at FROM old UNION ALL SELECT old_end, off_at FROM new
