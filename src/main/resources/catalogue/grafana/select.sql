SELECT t.id AS key_id,
       t.name,
       a.org AS project_id,
       a.id AS owner_id,
       a.name AS owner_name,
       CASE WHEN a.id IS NULL THEN 'missing' WHEN a.disabled::boolean THEN 'disabled' ELSE 'ok' END AS owner_state,
       t.created::timestamptz AS created_at,
       t.used::timestamptz AS last_used_at,
       t.expires::timestamptz AS expires_at,
       CASE WHEN t.revoked::boolean THEN 'disabled' ELSE 'active' END AS status
  FROM tokens t
  LEFT JOIN accounts a ON a.id = t.account
