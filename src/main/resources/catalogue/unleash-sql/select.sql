-- The token is the primary key: only its hash is the id here.
SELECT 'sha256:' || encode(sha256(convert_to(t.secret, 'UTF8')), 'hex') AS key_id,
       coalesce(t.token_name, t.username) AS name,
       CASE WHEN t.secret ~ '^[a-z]{1,16}:[a-z]{1,16}[.]' THEN split_part(t.secret, '.', 1) || '.****' ELSE '****' END AS masked_key,
       (SELECT string_agg(p.project, ',' ORDER BY p.project COLLATE "C")
          FROM api_token_project p WHERE p.secret = t.secret) AS project_id,
       t.created_at,
       t.seen_at AS last_used_at,
       t.expires_at,
       lower(t.type) AS kind
  FROM api_tokens t
