-- Times are in UTC, without a zone. The column token is a hash, and not read.
SELECT t.id AS key_id,
       t.name,
       t."teamId" AS project_id,
       m.name AS project_name,
       CASE WHEN m.id IS NULL THEN 'missing' ELSE 'ok' END AS project_state,
       t."userId" AS owner_id,
       u.name AS owner_name,
       u.email AS owner_email,
       CASE WHEN t."userId" IS NULL THEN NULL
            WHEN u.id IS NULL THEN 'missing'
            WHEN u.disabled THEN 'disabled'
            ELSE 'ok' END AS owner_state,
       t."createdAt" AT TIME ZONE 'UTC' AS created_at,
       t.expires AT TIME ZONE 'UTC' AS expires_at
  FROM "ApiToken" t
  LEFT JOIN "Team" m ON m.id = t."teamId"
  LEFT JOIN "User" u ON u.id = t."userId"
