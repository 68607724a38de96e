-- Times are in UTC, without a zone. The public key is public; of the secret only what the console shows.
SELECT k.public_key AS key_id,
       k.note AS name,
       k.display_secret_key AS masked_key,
       coalesce(k.project_id, k.organization_id) AS project_id,
       coalesce(p.name, o.name) AS project_name,
       CASE WHEN k.project_id IS NOT NULL THEN
                 CASE WHEN p.id IS NULL THEN 'missing' WHEN p.deleted_at IS NOT NULL THEN 'deleted' ELSE 'ok' END
            WHEN k.organization_id IS NOT NULL THEN
                 CASE WHEN o.id IS NULL THEN 'missing' ELSE 'ok' END END AS project_state,
       k.created_at AT TIME ZONE 'UTC' AS created_at,
       k.expires_at AT TIME ZONE 'UTC' AS expires_at,
       lower(k.scope::text) AS kind
  FROM api_keys k
  LEFT JOIN projects p ON p.id = k.project_id
  LEFT JOIN organizations o ON o.id = k.organization_id
