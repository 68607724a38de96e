-- token is LiteLLM's own hash of the key. Its times are in UTC, with or without saying so.
SELECT token AS key_id,
       alias AS name,
       CASE WHEN shown LIKE '%...%' THEN shown END AS masked_key,
       team AS project_id,
       "user" AS owner_id,
       created::timestamptz AS created_at,
       used::timestamptz AS last_used_at,
       expires::timestamptz AS expires_at,
       CASE WHEN blocked::boolean THEN 'disabled' ELSE 'active' END AS status,
       CASE WHEN team = 'litellm-dashboard' THEN 'console-session' ELSE 'key' END AS kind
  FROM keys
