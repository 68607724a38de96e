-- Roles for the governance database, so that the nightly job can neither change its tables
-- nor what is written of keys that were disabled. Run it once, as a superuser or as the
-- database's owner who may create roles (CREATEROLE), connected to the governance database,
-- before the first run; again, as the same role, after a change. All of it is done or nothing.
-- Then set the passwords with \password. Where another role has made the tables already,
-- hand them over afterwards, as a superuser: REASSIGN OWNED BY keysteward TO keysteward_owner;
-- and run this once more.
--
--   keysteward_owner  owns the schema and migrates it: spring.flyway.user and .password
--   keysteward_app    runs the job: spring.datasource.username and .password
--   keysteward_landing  makes temporary tables of files, HTTP lists and foreign tables, and selects from
--                     them: keysteward.landing.datasource.username and .password; it sees nothing else
--
-- Roles for the sources are in config/sources/*/grants.sql.

BEGIN;

DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keysteward_owner') THEN
        CREATE ROLE keysteward_owner LOGIN CONNECTION LIMIT 5;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keysteward_app') THEN
        CREATE ROLE keysteward_app LOGIN CONNECTION LIMIT 20;
    END IF;
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO keysteward_owner, keysteward_app', current_database());
    -- Who is no superuser gives the owner's objects away only as a member of it: until the end of this.
    IF NOT pg_has_role(current_user, 'keysteward_owner', 'USAGE') THEN
        GRANT keysteward_owner TO CURRENT_USER;
        PERFORM set_config('keysteward.joined', 'yes', true);
    END IF;
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

-- And what is there already.
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA keysteward TO keysteward_app;
GRANT USAGE ON ALL SEQUENCES IN SCHEMA keysteward TO keysteward_app;
GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA keysteward TO keysteward_app;

-- Where the command rehearse keeps its copy of the tables, which it drops at its end: the job makes tables here and
-- nowhere else.
CREATE SCHEMA IF NOT EXISTS keysteward_rehearsal;
GRANT USAGE, CREATE ON SCHEMA keysteward_rehearsal TO keysteward_app;

-- Who lands: CONNECT and TEMPORARY, and nothing else. Keysteward looks whether that is so each time, and lands
-- nothing where it is not. What a role of its own may not be kept from: to use processor and disk.
DO $$
DECLARE
    opened record;
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'keysteward_landing') THEN
        CREATE ROLE keysteward_landing LOGIN CONNECTION LIMIT 20;
    END IF;
    EXECUTE format('GRANT CONNECT, TEMPORARY ON DATABASE %I TO keysteward_landing', current_database());
    ALTER ROLE keysteward_landing SET statement_timeout = '15min';
    -- Others can make objects here only where they are granted it (PostgreSQL 14 grants it to all).
    BEGIN
        REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    EXCEPTION WHEN insufficient_privilege OR invalid_schema_name THEN
        RAISE WARNING 'REVOKE CREATE ON SCHEMA public FROM PUBLIC is for its owner to do';
    END;
    -- Only a superuser may set it: how much of the disk sorting and hashing may take. Temporary tables do not
    -- count: keysteward.landing.max-size bounds them.
    BEGIN
        ALTER ROLE keysteward_landing SET temp_file_limit = '8GB';
    EXCEPTION WHEN insufficient_privilege THEN
        RAISE WARNING 'temp_file_limit of keysteward_landing is for a superuser to set';
    END;
    -- Only a superuser may do it: no large objects, which are in no schema. Whoever uses them in this database
    -- is granted these functions again.
    FOR opened IN SELECT p.oid::regprocedure AS name FROM pg_proc p
                  WHERE p.pronamespace = 'pg_catalog'::regnamespace AND p.proname ~ '^lo(_|read$|write$)' LOOP
        BEGIN
            EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', opened.name);
        EXCEPTION WHEN insufficient_privilege THEN
            RAISE WARNING 'large objects are for a superuser to take from PUBLIC';
            EXIT;
        END;
    END LOOP;
    IF current_setting('keysteward.joined', true) = 'yes' THEN
        REVOKE keysteward_owner FROM CURRENT_USER;
    END IF;
END $$;

COMMIT;
