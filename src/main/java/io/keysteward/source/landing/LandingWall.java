package io.keysteward.source.landing;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;

/**
 * Checks that the role that lands may do nothing else, so that select.sql, which is
 * untrusted, reads only landed tables.
 */
final class LandingWall {

	private static final String HOLES = """
			SELECT h.hole, h.remedy FROM (
			  SELECT 1 AS place, a.hole, format('ALTER ROLE %I %s', session_user, a.remedy) AS remedy
			    FROM pg_catalog.pg_roles r CROSS JOIN LATERAL (VALUES
			      (r.rolsuper, 'is a superuser', 'NOSUPERUSER'), (r.rolcreaterole, 'may create roles', 'NOCREATEROLE'),
			      (r.rolcreatedb, 'may create databases', 'NOCREATEDB'), (r.rolreplication, 'may replicate', 'NOREPLICATION'),
			      (r.rolbypassrls, 'is not bound by row security', 'NOBYPASSRLS')) AS a (is_open, hole, remedy)
			   WHERE r.rolname = session_user AND a.is_open
			  UNION ALL
			  SELECT 2, 'owns this database', format('ALTER DATABASE %I OWNER TO another role', current_database())
			    FROM pg_catalog.pg_database d WHERE d.datname = current_database() AND d.datdba = (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = session_user)
			  UNION ALL
			  SELECT 3, 'is a member of ' || m.rolname, format('REVOKE %I FROM %I', m.rolname, session_user)
			    FROM pg_catalog.pg_roles m WHERE m.rolname <> session_user AND pg_has_role(session_user, m.oid, 'MEMBER')
			  UNION ALL
			  SELECT 4, 'may use schema keysteward', format('REVOKE ALL ON SCHEMA keysteward FROM PUBLIC, %I', session_user)
			    FROM pg_catalog.pg_namespace n
			   WHERE n.nspname = 'keysteward' AND has_schema_privilege(session_user, n.oid, 'USAGE')
			  UNION ALL
			  SELECT 5, 'may create schemas', format('REVOKE CREATE ON DATABASE %I FROM PUBLIC, %I', current_database(), session_user)
			   WHERE has_database_privilege(session_user, current_database(), 'CREATE')
			  UNION ALL
			  SELECT 6, 'may create in schema ' || n.nspname, format('REVOKE CREATE ON SCHEMA %I FROM PUBLIC, %I', n.nspname, session_user)
			    FROM pg_catalog.pg_namespace n
			   WHERE n.nspname !~ '^pg_(toast_)?temp_' AND has_schema_privilege(session_user, n.oid, 'CREATE')
			  UNION ALL
			  SELECT 7, 'owns ' || c.oid::regclass, format('ALTER TABLE %s OWNER TO another role', c.oid::regclass)
			    FROM pg_catalog.pg_class c WHERE c.relowner = (SELECT r.oid FROM pg_catalog.pg_roles r WHERE r.rolname = session_user) AND c.relpersistence <> 't'
			  UNION ALL
			  SELECT 8, 'may connect elsewhere by ' || p.oid::regprocedure,
			         'drop that extension here, or name another database in keysteward.landing.datasource.url'
			    FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_depend d ON d.objid = p.oid AND d.classid = 'pg_proc'::regclass
			    JOIN pg_catalog.pg_extension e ON e.oid = d.refobjid AND d.refclassid = 'pg_extension'::regclass
			   WHERE e.extname = 'dblink' AND has_function_privilege(session_user, p.oid, 'EXECUTE')
			     AND has_schema_privilege(session_user, p.pronamespace, 'USAGE')
			  UNION ALL
			  SELECT 9, 'may use server ' || s.srvname, format('REVOKE USAGE ON FOREIGN SERVER %I FROM PUBLIC, %I', s.srvname, session_user)
			    FROM pg_catalog.pg_foreign_server s WHERE has_server_privilege(session_user, s.oid, 'USAGE')
			) AS h ORDER BY h.place, h.hole LIMIT 1
			""";

	private LandingWall() {
	}

	/**
	 * {@return a right that the session's role must not have, and how to revoke it;
	 * empty: there is none}
	 */
	static Optional<String> violation(Connection connection) throws SQLException {
		try (Statement statement = connection.createStatement(); ResultSet row = statement.executeQuery(HOLES)) {
			return row.next() ? Optional.of(row.getString(1) + "; " + row.getString(2)) : Optional.empty();
		}
	}

}
