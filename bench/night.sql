-- A day passes: of a hundred keys so many are used as share says, of the idle ones one.
UPDATE api_key SET last_used_at = :'used'::timestamptz
WHERE (hashtext(id || :'used') & 2147483647) % 100 < CASE WHEN last_used_at > :'used'::timestamptz - interval '30 days' THEN :share ELSE 1 END
  AND status = 'active' AND last_used_at IS NOT NULL;
