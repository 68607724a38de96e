CREATE ROLE keysteward_langfuse_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (public_key, note, display_secret_key, project_id, organization_id, created_at, expires_at, scope) ON api_keys TO keysteward_langfuse_reader;
GRANT SELECT (id, name, deleted_at) ON projects TO keysteward_langfuse_reader;
GRANT SELECT (id, name) ON organizations TO keysteward_langfuse_reader;
