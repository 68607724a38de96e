CREATE TABLE org (id serial PRIMARY KEY, name varchar(190) NOT NULL);
CREATE TABLE "user" (id serial PRIMARY KEY, login varchar(190) NOT NULL, email varchar(190), is_disabled boolean NOT NULL DEFAULT false,
  is_service_account boolean DEFAULT false);
CREATE TABLE api_key (
  id serial PRIMARY KEY, org_id bigint NOT NULL, name varchar(190) NOT NULL, key varchar(190) NOT NULL, role varchar(255) NOT NULL,
  created timestamp NOT NULL, updated timestamp NOT NULL, expires bigint, service_account_id bigint, last_used_at timestamp,
  is_revoked boolean DEFAULT false);
CREATE TABLE migration_log (id serial PRIMARY KEY, migration_id varchar(255) NOT NULL, sql text, success boolean, error text, "timestamp" timestamp NOT NULL);
INSERT INTO migration_log (migration_id, success, "timestamp") VALUES
  ('create api_key table v2', true, '2021-04-15 13:03:12'), ('Add last_used_at to api_key table', true, '2022-10-20 13:03:12');
INSERT INTO org VALUES (1, 'Main Org.');
INSERT INTO "user" VALUES (10, 'sa-1-deploy', NULL, false, true), (11, 'sa-1-retired', NULL, true, true);
INSERT INTO api_key (id, org_id, name, key, role, created, updated, expires, service_account_id, last_used_at, is_revoked) VALUES
  (1, 1, 'deploy', 'hash-1', 'Editor', '2025-02-03 04:05:06', '2025-02-03 04:05:06', NULL, 10, '2026-11-20 10:00:00', false),
  (2, 1, 'never', 'hash-2', 'Viewer', '2025-03-03 04:05:06', '2025-03-03 04:05:06', 1800000000, 10, NULL, NULL),
  (3, 1, 'of-the-retired', 'hash-3', 'Viewer', '2023-03-03 04:05:06', '2023-03-03 04:05:06', NULL, 11, '2024-01-01', false),
  (4, 2, 'found-in-public', 'hash-4', 'Viewer', '2023-04-03 04:05:06', '2024-03-03 04:05:06', NULL, 99, '2024-02-01', true),
  (5, 1, 'old-api-key', 'hash-5', 'Admin', '2020-03-03 04:05:06', '2020-03-03 04:05:06', NULL, NULL, NULL, false);
