CREATE TABLE "LiteLLM_TeamTable" (team_id text PRIMARY KEY, team_alias text, blocked boolean NOT NULL DEFAULT false);
CREATE TABLE "LiteLLM_UserTable" (user_id text PRIMARY KEY, user_alias text, user_email text);
CREATE TABLE "LiteLLM_VerificationToken" (
  token text PRIMARY KEY, key_name text, key_alias text, spend double precision NOT NULL DEFAULT 0, expires timestamp(3), user_id text,
  team_id text, blocked boolean, created_at timestamp(3) DEFAULT CURRENT_TIMESTAMP, created_by text,
  updated_at timestamp(3) DEFAULT CURRENT_TIMESTAMP, updated_by text, last_active timestamp(3));
INSERT INTO "LiteLLM_TeamTable" VALUES ('team-1', 'Support');
INSERT INTO "LiteLLM_UserTable" VALUES ('ann', 'Ann', 'ann@example.org');
INSERT INTO "LiteLLM_VerificationToken" (token, key_name, key_alias, user_id, team_id, blocked, created_at, last_active, expires, spend, updated_by) VALUES
  ('88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b', 'sk-...a1b2', 'support-bot', 'ann', 'team-1', NULL,
   '2026-02-03 04:05:06.123', '2026-11-20 10:11:12.5', NULL, 12.5, 'ann'),
  ('99dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4c', 'sk-...c3d4', NULL, 'gone', 'team-9', false,
   '2025-02-03', NULL, '2027-01-01', 3.5, NULL),
  ('aadc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4d', NULL, 'blocked', NULL, NULL, true, '2025-03-03', '2026-03-01', NULL, 0, 'bob'),
  ('bbdc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4e', 'sk-...e5f6', NULL, 'default_user_id', 'litellm-dashboard', NULL,
   '2026-11-20', NULL, '2026-11-21', 0, NULL);
