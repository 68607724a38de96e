-- Reads.
CREATE ROLE keysteward_litellm_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (token, key_alias, key_name, team_id, user_id, created_at, last_active, expires, blocked, updated_at, updated_by)
   ON "LiteLLM_VerificationToken" TO keysteward_litellm_reader;
GRANT SELECT (team_id, team_alias) ON "LiteLLM_TeamTable" TO keysteward_litellm_reader;
GRANT SELECT (user_id, user_alias, user_email) ON "LiteLLM_UserTable" TO keysteward_litellm_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_litellm_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT (token, key_alias, key_name, team_id, user_id, created_at, last_active, expires, blocked, updated_at, updated_by)
   ON "LiteLLM_VerificationToken" TO keysteward_litellm_disabler;
GRANT SELECT (team_id, team_alias) ON "LiteLLM_TeamTable" TO keysteward_litellm_disabler;
GRANT SELECT (user_id, user_alias, user_email) ON "LiteLLM_UserTable" TO keysteward_litellm_disabler;
GRANT UPDATE (blocked, updated_at, updated_by) ON "LiteLLM_VerificationToken" TO keysteward_litellm_disabler;
