-- A day passes in a company that stays as it is: who uses keys uses each every fifteen days, one idle key in a hundred is
-- used again, one key in five hundred falls out of use, and what is about a year old is replaced.
UPDATE api_key SET last_used_at = :'used'::timestamptz
WHERE status = 'active' AND last_used_at IS NOT NULL
  AND CASE WHEN last_used_at < :'used'::timestamptz - interval '30 days' THEN hashtext(id || :'used') % 100 = 0
           ELSE (hashtext(id) & 2147483647) % 15 = (:'used'::date - date '2026-01-01') % 15
                AND hashtext('lost' || id || :'used') % 500 <> 0 END;
UPDATE api_key SET created_at = :'used'::timestamptz
WHERE created_at BETWEEN :'used'::timestamptz - interval '341 days' AND :'used'::timestamptz - interval '340 days';
