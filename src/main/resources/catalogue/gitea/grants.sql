CREATE ROLE keysteward_gitea_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, uid, name, token_last_eight, created_unix, updated_unix) ON access_token TO keysteward_gitea_reader;
GRANT SELECT (id, name, email, is_active, prohibit_login) ON "user" TO keysteward_gitea_reader;
