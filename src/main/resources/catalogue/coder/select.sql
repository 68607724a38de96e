-- A token that was not used yet has the year 1 as its last use.
SELECT k.id AS key_id,
       nullif(k.token_name, '') AS name,
       k.user_id AS owner_id,
       u.username AS owner_name,
       u.email AS owner_email,
       CASE WHEN u.id IS NULL OR u.deleted THEN 'missing'
            WHEN u.status::text = 'suspended' THEN 'disabled'
            ELSE 'ok' END AS owner_state,
       k.created_at,
       CASE WHEN k.last_used >= '2000-01-01Z' THEN k.last_used END AS last_used_at,
       k.expires_at,
       CASE WHEN k.token_name LIKE '%\_session\_token' THEN 'workspace-session'
            WHEN k.login_type::text = 'token' THEN 'token'
            ELSE 'session' END AS kind
  FROM api_keys k
  LEFT JOIN users u ON u.id = k.user_id
