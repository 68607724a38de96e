CREATE TABLE projects (id varchar(255) PRIMARY KEY, name varchar NOT NULL);
CREATE TABLE api_tokens (
  secret text NOT NULL PRIMARY KEY, username text NOT NULL, type text NOT NULL, created_at timestamptz DEFAULT now(),
  expires_at timestamptz, seen_at timestamptz, environment varchar, alias text, token_name text, created_by_user_id integer);
CREATE TABLE api_token_project (secret text NOT NULL REFERENCES api_tokens (secret) ON DELETE CASCADE, project text NOT NULL REFERENCES projects (id));
INSERT INTO projects VALUES ('shop', 'Shop'), ('search', 'Search');
INSERT INTO api_tokens (secret, username, token_name, type, created_at, seen_at, expires_at) VALUES
  ('shop:production.4f1c9a2be07d5566', 'shop-backend', 'shop-backend', 'client', '2025-02-03 04:05:06.123456Z', '2026-11-20 10:00:00.5Z', NULL),
  ('[]:production.aa11bb22cc33dd44ee55', 'both', 'both', 'frontend', '2025-03-01Z', NULL, '2027-03-01Z'),
  ('*:*.0123456789abcdef01234567', 'admin', NULL, 'ADMIN', '2024-01-01Z', '2026-11-21Z', NULL),
  ('4a6fd2c1e7b95d3384a6fd2c1e7b95d3', 'old', NULL, 'client', '2021-04-01Z', '2022-04-01Z', NULL),
  ('shop:development.5566778899aabbcc', 'ended', 'ended', 'backend', '2025-05-01Z', '2025-06-01Z', '2025-07-01Z');
INSERT INTO api_token_project VALUES
  ('shop:production.4f1c9a2be07d5566', 'shop'), ('[]:production.aa11bb22cc33dd44ee55', 'shop'), ('[]:production.aa11bb22cc33dd44ee55', 'search'),
  ('shop:development.5566778899aabbcc', 'shop');
CREATE TABLE api_tokens_v2 (
  selector text PRIMARY KEY, verifier text NOT NULL, token_name text NOT NULL, type text NOT NULL, environment text NOT NULL,
  expires_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(), seen_at timestamptz, user_created boolean NOT NULL DEFAULT true);
CREATE TABLE api_tokens_v2_project (
  selector text NOT NULL REFERENCES api_tokens_v2 (selector), project text NOT NULL REFERENCES projects (id), PRIMARY KEY (selector, project));
INSERT INTO api_tokens_v2 (selector, verifier, token_name, type, environment, created_at, seen_at, expires_at, user_created) VALUES
  ('s7Fk2', 'hash-1', 'checkout', 'backend', 'production', '2026-08-01Z', '2026-11-20Z', NULL, true),
  ('q9Zx1', 'hash-2', 'unused', 'frontend', 'production', '2026-08-02Z', NULL, '2027-08-02Z', true),
  ('m3Lp8', 'hash-3', 'edge', 'backend', 'production', '2026-08-03Z', '2026-11-21Z', NULL, false);
INSERT INTO api_tokens_v2_project VALUES ('s7Fk2', 'shop');
