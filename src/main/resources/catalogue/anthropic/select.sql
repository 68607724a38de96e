-- No workspace is the default one. A key stays when the person who made it is gone.
SELECT k.id AS key_id,
       k.name,
       k.hint AS masked_key,
       coalesce(k.workspace, 'default') AS project_id,
       CASE WHEN k.workspace IS NULL THEN 'Default' ELSE w.name END AS project_name,
       CASE WHEN k.workspace IS NULL THEN 'ok'
            WHEN w.id IS NULL THEN 'missing'
            WHEN w.archived IS NOT NULL THEN 'deleted'
            ELSE 'ok' END AS project_state,
       k.creator AS owner_id,
       u.name AS owner_name,
       u.email AS owner_email,
       CASE WHEN k.creator IS NULL THEN NULL WHEN u.id IS NULL THEN 'missing' ELSE 'ok' END AS owner_state,
       k.created::timestamptz AS created_at,
       k.expires::timestamptz AS expires_at,
       CASE k.status WHEN 'inactive' THEN 'disabled' WHEN 'archived' THEN 'disabled' ELSE k.status END AS status
  FROM keys k
  LEFT JOIN workspaces w ON w.id = k.workspace
  LEFT JOIN users u ON u.id = k.creator
