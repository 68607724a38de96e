-- One row per key. Columns are found by name, in any order; the secret is not among them.
SELECT k.id           AS key_id,
       k.name,
       k.masked_key,
       k.project_id,
       p.name         AS project_name,
       CASE WHEN k.project_id IS NULL THEN NULL
            WHEN p.id IS NULL THEN 'missing'
            WHEN p.deleted_at IS NOT NULL THEN 'deleted'
            ELSE 'ok' END AS project_state,
       k.owner_id,
       a.name         AS owner_name,
       a.email        AS owner_email,
       CASE WHEN k.owner_id IS NULL THEN NULL
            WHEN a.id IS NULL THEN 'missing'
            WHEN a.disabled_at IS NOT NULL THEN 'disabled'
            ELSE 'ok' END AS owner_state,
       k.created_at,
       k.last_used_at,
       k.expires_at,
       k.status,
       k.kind
FROM api_key k
LEFT JOIN project p ON p.id = k.project_id
LEFT JOIN account a ON a.id = k.owner_id
