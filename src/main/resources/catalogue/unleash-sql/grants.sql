-- Reads. The column secret is needed: the id is made of it.
CREATE ROLE keysteward_unleash_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (secret, token_name, username, type, created_at, seen_at, expires_at) ON api_tokens TO keysteward_unleash_reader;
GRANT SELECT ON api_token_project TO keysteward_unleash_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_unleash_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT (secret, token_name, username, type, created_at, seen_at, expires_at) ON api_tokens TO keysteward_unleash_disabler;
GRANT SELECT ON api_token_project TO keysteward_unleash_disabler;
GRANT UPDATE (expires_at) ON api_tokens TO keysteward_unleash_disabler;
