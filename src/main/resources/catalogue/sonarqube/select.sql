-- A token is known by its user and its name.
SELECT t.login || '/' || t.name AS key_id,
       t.name,
       t.login AS owner_id,
       u.name AS owner_name,
       u.email AS owner_email,
       CASE WHEN u.login IS NULL THEN 'missing' WHEN NOT u.active::boolean THEN 'disabled' ELSE 'ok' END AS owner_state,
       t.created::timestamptz AS created_at,
       t.used::timestamptz AS last_used_at,
       t.expires::timestamptz AS expires_at,
       lower(t.type) AS kind
  FROM tokens t
  LEFT JOIN users u ON u.login = t.login
