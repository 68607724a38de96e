-- An owner who has lost the project still owns a key that works: OpenAI calls that inactive.
SELECT k.id AS key_id,
       k.name,
       k.shown AS masked_key,
       k.project AS project_id,
       p.name AS project_name,
       coalesce(k.user, k.account) AS owner_id,
       coalesce(k.user_name, k.account_name) AS owner_name,
       k.email AS owner_email,
       CASE WHEN coalesce(k.user, k.account) IS NULL THEN NULL WHEN k.access = 'inactive' THEN 'disabled' ELSE 'ok' END AS owner_state,
       to_timestamp(k.created::bigint) AS created_at,
       to_timestamp(k.used::bigint) AS last_used_at,
       CASE WHEN k.account IS NOT NULL THEN 'service-account' ELSE 'user' END AS kind
  FROM keys k
  LEFT JOIN projects p ON p.id = k.project
