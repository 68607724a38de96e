package io.keysteward.source.landing;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Stream;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who may run {@code roles.sql}, once and again: roles are of a whole server, so here
 * they have other names.
 */
class RolesScriptTests {

	@ParameterizedTest
	@ValueSource(strings = { "SUPERUSER", "CREATEROLE" })
	void runsTwiceAndTheWallStands(String right) throws Exception {
		String prefix = "by_" + right.toLowerCase();
		String script = Register.read(Path.of("config/sql/roles.sql")).replace("keysteward", prefix);
		TestDatabase database = TestDatabase.empty();
		JdbcClient superuser = database.jdbc();
		String name = superuser.sql("SELECT current_database()").query(String.class).single();
		superuser.sql("CREATE ROLE " + prefix + " LOGIN " + right).update();
		superuser.sql("ALTER DATABASE " + name + " OWNER TO " + prefix).update();
		JdbcClient administrator = database.as(prefix).jdbc();
		try {
			administrator.sql(script).update();
			database.as(prefix + "_owner")
				.jdbc()
				.sql("CREATE TABLE " + prefix + ".one (id bigint GENERATED ALWAYS AS IDENTITY, word text)")
				.update();
			administrator.sql(script).update();
			assertThat(database.as(prefix + "_app")
				.jdbc()
				.sql("INSERT INTO " + prefix + ".one (word) VALUES ('a')")
				.update()).isOne();
			assertThat(hole(database.as(prefix + "_landing"))).isEmpty();
			assertThat(members(superuser, prefix)).as("who may act as one of them").isEmpty();
		}
		finally {
			Stream.of("_landing", "_app", "_owner", "").map(prefix::concat).forEach((role) -> superuser.sql("""
					DO $$ BEGIN
					  IF EXISTS (SELECT FROM pg_roles WHERE rolname = '%1$s') THEN
					    REASSIGN OWNED BY %1$s TO postgres;
					    DROP OWNED BY %1$s;
					    DROP ROLE %1$s;
					  END IF;
					END $$
					""".formatted(role)).update());
		}
	}

	private static String hole(TestDatabase database) throws SQLException {
		try (Connection connection = database.dataSource().getConnection()) {
			return LandingWall.violation(connection).orElse("");
		}
	}

	/** Since PostgreSQL 16 who made a role may grant it: that alone is not to be it. */
	private static Iterable<String> members(JdbcClient superuser, String prefix) {
		return superuser.sql("""
				SELECT r.rolname || ' is in ' || g.rolname FROM pg_roles r CROSS JOIN pg_roles g
				WHERE g.rolname LIKE :prefix || '\\_%' AND r.rolname <> g.rolname AND NOT r.rolsuper
				AND pg_has_role(r.oid, g.oid, 'USAGE')
				""").param("prefix", prefix).query(String.class).list();
	}

}
