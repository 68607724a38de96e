CREATE TYPE "ApiKeyScope" AS ENUM ('ORGANIZATION', 'PROJECT');
CREATE TABLE organizations (id text PRIMARY KEY, name text NOT NULL);
CREATE TABLE projects (id text PRIMARY KEY, org_id text NOT NULL, name text NOT NULL, deleted_at timestamp(3));
CREATE TABLE api_keys (
  id text PRIMARY KEY, created_at timestamp(3) NOT NULL DEFAULT CURRENT_TIMESTAMP, note text, public_key text NOT NULL UNIQUE,
  hashed_secret_key text NOT NULL, fast_hashed_secret_key text, display_secret_key text NOT NULL, last_used_at timestamp(3),
  expires_at timestamp(3), project_id text, organization_id text, scope "ApiKeyScope" NOT NULL DEFAULT 'PROJECT');
INSERT INTO organizations VALUES ('o1', 'Acme');
INSERT INTO projects VALUES ('p1', 'o1', 'Chat', NULL), ('p2', 'o1', 'Old chat', '2026-02-01');
INSERT INTO api_keys (id, created_at, note, public_key, hashed_secret_key, display_secret_key, project_id, organization_id, scope, expires_at) VALUES
  ('k1', '2025-02-03 04:05:06.789', 'backend', 'pk-lf-1111', 'hash-1', 'sk-lf-...a1b2', 'p1', NULL, 'PROJECT', NULL),
  ('k2', '2025-03-03', NULL, 'pk-lf-2222', 'hash-2', 'sk-lf-...c3d4', 'p2', NULL, 'PROJECT', '2027-01-01'),
  ('k3', '2025-04-03', 'admin', 'pk-lf-3333', 'hash-3', 'sk-lf-...e5f6', NULL, 'o1', 'ORGANIZATION', NULL);
