package io.keysteward.source.postgresql;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What row security hides must not be taken for what is not there.
 */
class RowSecurityTests {

	private static final String SELECT = """
			SELECT k.id AS key_id, now() AS last_used_at, CASE WHEN a.id IS NULL THEN 'missing' ELSE 'ok' END AS owner_state
			FROM k LEFT JOIN a ON a.id = k.owner
			""";

	private final TestDatabase database = TestDatabase.empty();

	@BeforeEach
	void createTables() {
		this.database.jdbc().sql("""
				CREATE TABLE a (id text);
				INSERT INTO a VALUES ('ann');
				CREATE TABLE k (id text, owner text, state text);
				INSERT INTO k SELECT 'k' || n, 'ann' FROM generate_series(1, 20) n;
				DO $$ BEGIN CREATE ROLE secured LOGIN PASSWORD 'p'; EXCEPTION WHEN duplicate_object THEN NULL; END $$;
				GRANT SELECT, UPDATE ON k, a TO secured
				""").update();
	}

	@Test
	void rowsThatAreHiddenAreAnErrorThatSaysTableAndRoleAndWhatToDo() {
		secure("k");
		TestSource source = source("");
		String expected = "CONFIGURATION config/sources/x/select.sql: query would be affected by row-level security policy"
				+ " for table \"k\": row security would hide rows from role 'secured'"
				+ " (keysteward.sources[x].datasource.username); let it see every row (ALTER ROLE … BYPASSRLS), or, where"
				+ " it is to be judged by the rows that this role may see, write row-security: true in"
				+ " config/sources/x/source.yaml";
		assertThat(source.failure(() -> load(source).probe())).isEqualTo(expected);
		assertThat(source.failure(() -> load(source).open(Set.of()))).isEqualTo(expected);
	}

	@Test
	void ownersThatAreHiddenDoNotMakeOrphans() {
		secure("a");
		TestSource source = source("");
		assertThat(source.failure(() -> load(source).probe())).contains("policy for table \"a\"");
	}

	@Test
	void aPolicyThatShowsSomeRowsIsNotedToo() {
		secure("k");
		this.database.jdbc().sql("CREATE POLICY three ON k USING (id IN ('k1', 'k2', 'k3'))").update();
		TestSource source = source("");
		assertThat(source.failure(() -> load(source).probe())).contains("policy for table \"k\"");
	}

	@Test
	void throughAViewTheyAreHiddenAllTheSame() {
		secure("k");
		this.database.jdbc().sql("""
				CREATE VIEW v WITH (security_invoker) AS SELECT * FROM k; GRANT SELECT ON v TO secured
				""").update();
		TestSource source = TestSource.create(this.database, TestSource.YAML,
				"SELECT id AS key_id, now() AS last_used_at FROM v");
		assertThat(source.failure(() -> load(source).probe())).contains("policy for table \"k\"");
	}

	@Test
	void whoMeansItSaysSo() {
		secure("k");
		this.database.jdbc().sql("CREATE POLICY three ON k USING (id IN ('k1', 'k2', 'k3'))").update();
		TestSource source = source("row-security: true\n");
		try (KeySnapshot reading = load(source).open(Set.of())) {
			assertThat(TestSource.all(reading)).extracting((KeyRecord key) -> key.id().id())
				.containsExactlyInAnyOrder("k1", "k2", "k3");
		}
	}

	@Test
	void theTablesOwnerSeesEveryRow() {
		secure("k");
		assertThat(source("").keys()).hasSize(20);
	}

	@Test
	void nothingIsSwitchedWhereRowsAreHidden() throws Exception {
		secure("a");
		TestSource source = source("disable: { reversible: true }\n");
		Path folder = source.config().resolve("sources/x");
		Files.writeString(folder.resolve("disable.sql"), """
				UPDATE k SET state = :run_id WHERE id = :key_id AND :last_used_at::timestamptz IS NULL
				  AND owner IN (SELECT id FROM a)
				""");
		Files.writeString(folder.resolve("restore.sql"),
				"UPDATE k SET state = NULL WHERE id = :key_id AND state = :run_id::text");
		assertThat(source.failure(() -> load(source).keySwitch(Set.of()).probe()))
			.contains("disable.sql: query would be affected by row-level security policy for table \"a\"");
	}

	private void secure(String table) {
		this.database.jdbc().sql("ALTER TABLE " + table + " ENABLE ROW LEVEL SECURITY").update();
	}

	private TestSource source(String more) {
		return TestSource.create(this.database, TestSource.YAML + more, SELECT);
	}

	private KeySource load(TestSource source) {
		return source.load(this.database.url(), "secured", "p");
	}

}
