CREATE ROLE keysteward_coder_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, token_name, user_id, created_at, last_used, expires_at, login_type) ON api_keys TO keysteward_coder_reader;
GRANT SELECT (id, username, email, status, deleted) ON users TO keysteward_coder_reader;
