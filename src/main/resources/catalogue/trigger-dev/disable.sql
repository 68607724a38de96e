-- revokedAt is switch and mark: whoever revokes a token again writes another time.
WITH personal AS (
  UPDATE "PersonalAccessToken" SET "revokedAt" = clock_timestamp() AT TIME ZONE 'UTC'
   WHERE 'personal-' || id = :key_id AND "revokedAt" IS NULL
     AND "createdAt" AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
     AND "lastAccessedAt" AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
  RETURNING "revokedAt" AS off_at),
organization AS (
  UPDATE "OrganizationAccessToken" SET "revokedAt" = clock_timestamp() AT TIME ZONE 'UTC'
   WHERE 'organization-' || id = :key_id AND "revokedAt" IS NULL
     AND "createdAt" AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:created_at AS timestamptz)
     AND "lastAccessedAt" AT TIME ZONE 'UTC' IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
  RETURNING "revokedAt" AS off_at)
SELECT off_at FROM personal UNION ALL SELECT off_at FROM organization
