-- Roles for the governance database, so that the nightly job can neither change its tables
-- nor what is written of keys that were disabled. Run it once, as a role that may create
-- roles, connected to the governance database, before the first run; again after a change.
-- Then set the passwords with \password. Where another role has made the tables already,
-- hand them over afterwards, as a superuser: REASSIGN OWNED BY keysteward TO keysteward_owner;
-- and run this once more.
--
--   keysteward_owner  owns the schema and migrates it: spring.flyway.user and .password
--   keysteward_app    runs the job: spring.datasource.username and .password
--
-- Roles for the sources are in config/sources/*/grants.sql.

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keysteward_owner') THEN
        CREATE ROLE keysteward_owner LOGIN CONNECTION LIMIT 5;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keysteward_app') THEN
        CREATE ROLE keysteward_app LOGIN CONNECTION LIMIT 20;
    END IF;
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO keysteward_owner, keysteward_app', current_database());
END $$;

CREATE SCHEMA IF NOT EXISTS keysteward AUTHORIZATION keysteward_owner;
GRANT USAGE ON SCHEMA keysteward TO keysteward_app;

-- What the owner creates from now on. No TRUNCATE, no REFERENCES, no TRIGGER: what was done
-- to a key is kept by a trigger of key_action that only its owner could take away.
ALTER DEFAULT PRIVILEGES FOR ROLE keysteward_owner IN SCHEMA keysteward
    GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO keysteward_app;
ALTER DEFAULT PRIVILEGES FOR ROLE keysteward_owner IN SCHEMA keysteward
    GRANT USAGE ON SEQUENCES TO keysteward_app;
ALTER DEFAULT PRIVILEGES FOR ROLE keysteward_owner IN SCHEMA keysteward
    GRANT EXECUTE ON FUNCTIONS TO keysteward_app;

-- And what is there already. The inventories of runs have grants of their own.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA keysteward TO keysteward_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA keysteward TO keysteward_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA keysteward TO keysteward_app;
