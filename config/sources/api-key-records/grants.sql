-- Least-privilege roles for this definition. Run it as the tables' owner, who must be allowed to
-- create roles (or have an administrator create them before), in their schema,
-- then set the passwords with \password and name the schema in the source's datasource.url
-- (?currentSchema=…) where it is not public.

-- Reads: enough for every run in report mode.
CREATE ROLE keysteward_reader LOGIN CONNECTION LIMIT 5;
GRANT SELECT ON api_key, project, account TO keysteward_reader;

-- Disables and restores: only where keysteward.disable.armed is true.
CREATE ROLE keysteward_disabler LOGIN CONNECTION LIMIT 5;
GRANT SELECT ON api_key, project, account TO keysteward_disabler;
GRANT UPDATE (status, disabled_at, disabled_by_run) ON api_key TO keysteward_disabler;
