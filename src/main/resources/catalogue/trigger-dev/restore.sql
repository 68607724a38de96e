WITH personal AS (
  UPDATE "PersonalAccessToken" SET "revokedAt" = NULL
   WHERE 'personal-' || id = :key_id AND "revokedAt" = CAST(:off_at AS timestamp)
  RETURNING 1),
organization AS (
  UPDATE "OrganizationAccessToken" SET "revokedAt" = NULL
   WHERE 'organization-' || id = :key_id AND "revokedAt" = CAST(:off_at AS timestamp)
  RETURNING 1)
SELECT 1 FROM personal UNION ALL SELECT 1 FROM organization
