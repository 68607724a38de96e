-- Grafana writes its times in UTC, without a zone. The column key is a hash, and not read.
SELECT k.id AS key_id,
       k.name,
       k.org_id AS project_id,
       o.name AS project_name,
       CASE WHEN o.id IS NULL THEN 'missing' ELSE 'ok' END AS project_state,
       k.service_account_id AS owner_id,
       a.login AS owner_name,
       CASE WHEN k.service_account_id IS NULL THEN NULL
            WHEN a.id IS NULL THEN 'missing'
            WHEN a.is_disabled THEN 'disabled'
            ELSE 'ok' END AS owner_state,
       k.created AT TIME ZONE 'UTC' AS created_at,
       k.last_used_at AT TIME ZONE 'UTC' AS last_used_at,
       to_timestamp(k.expires) AS expires_at,
       CASE WHEN k.is_revoked THEN 'disabled' ELSE 'active' END AS status,
       CASE WHEN k.service_account_id IS NULL THEN 'api-key' ELSE 'service-account-token' END AS kind
  FROM api_key k
  LEFT JOIN org o ON o.id = k.org_id
  LEFT JOIN "user" a ON a.id = k.service_account_id
