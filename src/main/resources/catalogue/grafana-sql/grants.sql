-- Reads.
CREATE ROLE keysteward_grafana_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, name, org_id, service_account_id, created, updated, last_used_at, expires, is_revoked) ON api_key TO keysteward_grafana_reader;
GRANT SELECT (id, name) ON org TO keysteward_grafana_reader;
GRANT SELECT (id, login, is_disabled) ON "user" TO keysteward_grafana_reader;
GRANT SELECT (migration_id, "timestamp") ON migration_log TO keysteward_grafana_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_grafana_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT (id, name, org_id, service_account_id, created, updated, last_used_at, expires, is_revoked) ON api_key TO keysteward_grafana_disabler;
GRANT SELECT (id, name) ON org TO keysteward_grafana_disabler;
GRANT SELECT (id, login, is_disabled) ON "user" TO keysteward_grafana_disabler;
GRANT SELECT (migration_id, "timestamp") ON migration_log TO keysteward_grafana_disabler;
GRANT UPDATE (is_revoked, updated) ON api_key TO keysteward_grafana_disabler;
