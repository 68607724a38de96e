-- A day passes: one key of a hundred is used, of the idle ones too.
UPDATE api_key SET last_used_at = :'used'::timestamptz
WHERE hashtext(id || :'used') % 100 = 0 AND status = 'active' AND last_used_at IS NOT NULL;
