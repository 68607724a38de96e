-- Reads.
CREATE ROLE keysteward_trigger_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, name, "obfuscatedToken", "userId", "createdAt", "lastAccessedAt", "revokedAt") ON "PersonalAccessToken" TO keysteward_trigger_reader;
GRANT SELECT (id, name, type, "organizationId", "createdAt", "lastAccessedAt", "expiresAt", "revokedAt") ON "OrganizationAccessToken" TO keysteward_trigger_reader;
GRANT SELECT (id, name, "displayName", email) ON "User" TO keysteward_trigger_reader;
GRANT SELECT (id, title, "deletedAt") ON "Organization" TO keysteward_trigger_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_trigger_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, name, "obfuscatedToken", "userId", "createdAt", "lastAccessedAt", "revokedAt") ON "PersonalAccessToken" TO keysteward_trigger_disabler;
GRANT SELECT (id, name, type, "organizationId", "createdAt", "lastAccessedAt", "expiresAt", "revokedAt") ON "OrganizationAccessToken" TO keysteward_trigger_disabler;
GRANT SELECT (id, name, "displayName", email) ON "User" TO keysteward_trigger_disabler;
GRANT SELECT (id, title, "deletedAt") ON "Organization" TO keysteward_trigger_disabler;
GRANT UPDATE ("revokedAt") ON "PersonalAccessToken", "OrganizationAccessToken" TO keysteward_trigger_disabler;
