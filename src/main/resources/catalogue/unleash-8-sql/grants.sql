-- Reads. The column secret of the old tokens is needed: their id is made of it.
CREATE ROLE keysteward_unleash_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (secret, token_name, username, type, created_at, seen_at, expires_at) ON api_tokens TO keysteward_unleash_reader;
GRANT SELECT (selector, token_name, type, created_at, seen_at, expires_at, user_created) ON api_tokens_v2 TO keysteward_unleash_reader;
GRANT SELECT ON api_token_project, api_tokens_v2_project TO keysteward_unleash_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_unleash_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT (secret, token_name, username, type, created_at, seen_at, expires_at) ON api_tokens TO keysteward_unleash_disabler;
GRANT SELECT (selector, token_name, type, created_at, seen_at, expires_at, user_created) ON api_tokens_v2 TO keysteward_unleash_disabler;
GRANT SELECT ON api_token_project, api_tokens_v2_project TO keysteward_unleash_disabler;
GRANT UPDATE (expires_at) ON api_tokens, api_tokens_v2 TO keysteward_unleash_disabler;
