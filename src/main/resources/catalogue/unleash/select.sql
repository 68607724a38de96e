-- What stands before the secret is shown where it is plain words: 'project:environment'.
SELECT 'sha256:' || id AS key_id,
       name,
       CASE WHEN public ~ '^[a-z]{1,16}:[a-z]{1,16}$' THEN public || '.****' ELSE '****' END AS masked_key,
       nullif((SELECT string_agg(p, ',' ORDER BY p COLLATE "C") FROM jsonb_array_elements_text(projects::jsonb) AS p), '*') AS project_id,
       created::timestamptz AS created_at,
       seen::timestamptz AS last_used_at,
       expires::timestamptz AS expires_at,
       lower(type) AS kind
  FROM tokens
