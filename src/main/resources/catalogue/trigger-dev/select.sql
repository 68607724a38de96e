-- Times are in UTC, without a zone. The tokens themselves, encrypted or hashed, are not read.
SELECT 'personal-' || t.id AS key_id,
       t.name,
       -- prefix and four characters of the end; the stored text shows more
       left(t."obfuscatedToken", 7) || '****' || right(t."obfuscatedToken", 4) AS masked_key,
       NULL AS project_id,
       NULL AS project_name,
       NULL AS project_state,
       t."userId" AS owner_id,
       coalesce(u."displayName", u.name) AS owner_name,
       u.email AS owner_email,
       CASE WHEN u.id IS NULL THEN 'missing' ELSE 'ok' END AS owner_state,
       t."createdAt" AT TIME ZONE 'UTC' AS created_at,
       t."lastAccessedAt" AT TIME ZONE 'UTC' AS last_used_at,
       NULL::timestamptz AS expires_at,
       CASE WHEN t."revokedAt" IS NULL THEN 'active' ELSE 'disabled' END AS status,
       'personal' AS kind
  FROM "PersonalAccessToken" t
  LEFT JOIN "User" u ON u.id = t."userId"
UNION ALL
SELECT 'organization-' || t.id,
       t.name,
       NULL,
       t."organizationId",
       o.title,
       CASE WHEN o.id IS NULL THEN 'missing' WHEN o."deletedAt" IS NOT NULL THEN 'deleted' ELSE 'ok' END,
       NULL,
       NULL,
       NULL,
       NULL,
       t."createdAt" AT TIME ZONE 'UTC',
       t."lastAccessedAt" AT TIME ZONE 'UTC',
       t."expiresAt" AT TIME ZONE 'UTC',
       CASE WHEN t."revokedAt" IS NULL THEN 'active' ELSE 'disabled' END,
       CASE t.type::text WHEN 'SYSTEM' THEN 'system' ELSE 'organization' END
  FROM "OrganizationAccessToken" t
  LEFT JOIN "Organization" o ON o.id = t."organizationId"
