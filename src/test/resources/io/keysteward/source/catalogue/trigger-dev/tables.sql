CREATE TYPE "OrganizationAccessTokenType" AS ENUM ('USER', 'SYSTEM');
CREATE TABLE "User" (id text PRIMARY KEY, email text NOT NULL, "displayName" text, name text);
CREATE TABLE "Organization" (id text PRIMARY KEY, title text NOT NULL, "deletedAt" timestamp(3));
CREATE TABLE "PersonalAccessToken" (
  id text PRIMARY KEY, name text NOT NULL, "encryptedToken" jsonb NOT NULL, "obfuscatedToken" text NOT NULL, "hashedToken" text NOT NULL UNIQUE,
  "userId" text NOT NULL, "revokedAt" timestamp(3), "lastAccessedAt" timestamp(3), "createdAt" timestamp(3) NOT NULL, "updatedAt" timestamp(3) NOT NULL);
CREATE TABLE "OrganizationAccessToken" (
  id text PRIMARY KEY, name text NOT NULL, type "OrganizationAccessTokenType" NOT NULL DEFAULT 'USER', "hashedToken" text NOT NULL UNIQUE,
  "organizationId" text NOT NULL, "expiresAt" timestamp(3), "revokedAt" timestamp(3), "lastAccessedAt" timestamp(3),
  "createdAt" timestamp(3) NOT NULL, "updatedAt" timestamp(3) NOT NULL);
INSERT INTO "User" VALUES ('u1', 'ann@example.org', NULL, 'Ann'), ('u2', 'bob@example.org', 'Bobby', 'Bob');
INSERT INTO "Organization" VALUES ('o1', 'Shop', NULL), ('o2', 'Gone', '2026-01-01');
INSERT INTO "PersonalAccessToken" VALUES
  ('p1', 'laptop', '{}', 'tr_pat_abcd••••••••••••••••••wxyz', 'h1', 'u1', NULL, '2026-11-20 10:00:00.123', '2025-02-03 04:05:06.789', '2026-11-20'),
  ('p2', 'cli', '{}', 'tr_pat_efgh••••••••••••••••••stuv', 'h2', 'u2', NULL, NULL, '2025-03-03', '2025-03-03'),
  ('p3', 'revoked', '{}', 'tr_pat_ijkl••••••••••••••••••opqr', 'h3', 'u2', '2026-05-01', '2026-04-01', '2025-04-03', '2026-05-01');
INSERT INTO "OrganizationAccessToken" VALUES
  ('a1', 'deploys', 'USER', 'h4', 'o1', NULL, NULL, '2026-11-19', '2025-09-01', '2026-11-19'),
  ('a2', 'of the gone', 'USER', 'h5', 'o2', '2027-01-01', NULL, NULL, '2025-09-02', '2025-09-02'),
  ('a3', 'build server', 'SYSTEM', 'h6', 'o1', NULL, NULL, '2026-11-19', '2025-09-03', '2026-11-19');
