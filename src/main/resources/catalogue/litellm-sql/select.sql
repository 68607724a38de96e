-- token is LiteLLM's own hash of the key, by which its API names it.
SELECT k.token AS key_id,
       k.key_alias AS name,
       CASE WHEN k.key_name LIKE '%...%' THEN k.key_name END AS masked_key,
       k.team_id AS project_id,
       t.team_alias AS project_name,
       CASE WHEN k.team_id IS NULL THEN NULL
            WHEN k.team_id = 'litellm-dashboard' THEN 'ok'
            WHEN t.team_id IS NULL THEN 'missing'
            ELSE 'ok' END AS project_state,
       k.user_id AS owner_id,
       u.user_alias AS owner_name,
       u.user_email AS owner_email,
       -- default_user_id stands for whoever has the master key.
       CASE WHEN k.user_id IS NULL THEN NULL
            WHEN u.user_id IS NULL AND k.user_id <> 'default_user_id' THEN 'missing'
            ELSE 'ok' END AS owner_state,
       k.created_at AT TIME ZONE 'UTC' AS created_at,
       k.last_active AT TIME ZONE 'UTC' AS last_used_at,
       k.expires AT TIME ZONE 'UTC' AS expires_at,
       CASE WHEN k.blocked THEN 'disabled' ELSE 'active' END AS status,
       CASE WHEN k.team_id = 'litellm-dashboard' THEN 'console-session' ELSE 'key' END AS kind
  FROM "LiteLLM_VerificationToken" k
  LEFT JOIN "LiteLLM_TeamTable" t ON t.team_id = k.team_id
  LEFT JOIN "LiteLLM_UserTable" u ON u.user_id = k.user_id
