package io.keysteward.source.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Types;
import java.time.Duration;
import java.util.EnumSet;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.source.SourceSettings;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ApiKeyRecordsTests {

	private static final Path FOLDER = Path.of("config/sources/api-key-records");

	private static final OffsetDateTime CREATED = OffsetDateTime.parse("2025-02-03T04:05:06.123456Z");

	private static final OffsetDateTime AS_OF = OffsetDateTime.parse("2026-11-23T00:00:00Z");

	private final TestDatabase database = TestDatabase.empty();

	private final KeySource source = TestSource.load(Path.of("config"), this.database.dataSource(),
			new SourceSettings("api-keys", "api-key-records", null, null, null, null, null));

	@BeforeEach
	void createSchema() {
		this.database.jdbc().sql(file("schema.sql")).update();
		this.database.jdbc().sql("""
				INSERT INTO account (id, name, email, disabled_at) VALUES
				  ('ann', 'Ann', 'ann@example.org', NULL), ('bob', 'Bob', 'bob@example.org', now());
				INSERT INTO project (id, name, deleted_at) VALUES ('p1', 'Search', NULL), ('p2', 'Old', now());
				INSERT INTO api_key (id, masked_key, project_id, owner_id, status, last_used_at, expires_at) VALUES
				  ('k1', 'sk-a****1111', 'p1', 'ann', 'active', '2026-05-01Z', NULL),
				  ('k2', 'sk-a****2222', 'p2', 'bob', 'disabled', NULL, NULL),
				  ('k3', 'sk-a****3333', 'p3', 'cid', 'active', NULL, '2026-01-01Z'),
				  ('k4', 'sk-a****4444', NULL, NULL, 'active', NULL, NULL);
				UPDATE api_key SET created_at = '2025-02-03 04:05:06.123456Z'
				""").update();
	}

	@Test
	void theDefinitionFitsItsOwnTables() {
		SourceTraits traits = this.source.probe().traits();
		assertThat(traits.columns()).containsExactlyInAnyOrderElementsOf(
				EnumSet.complementOf(EnumSet.of(KeyColumn.LAST_DENIED_AT, KeyColumn.REFERENCED_BY)));
		assertThat(traits.granularity()).isEqualTo(Duration.ofMinutes(5));
		assertThat(traits.governs("personal")).isTrue();
		assertThat(traits.governs("other")).isFalse();
		assertThat(traits.governs(null)).isFalse();
		assertThat(traits.neverDisables("system")).isTrue();
		assertThat(traits.generatedNames()).anyMatch((name) -> name.test("0b8ac3d6-7c2f-4bbe-9e0b-1c8a5f1f2d3e"));
	}

	@Test
	void everyStateIsToldApart() {
		try (KeySnapshot reading = this.source.open(Set.of())) {
			List<KeyRecord> keys = reading.next(10)
				.stream()
				.sorted((a, b) -> a.id().id().compareTo(b.id().id()))
				.toList();
			assertThat(keys).extracting((key) -> key.project().state())
				.containsExactly(ProjectState.OK, ProjectState.DELETED, ProjectState.MISSING, null);
			assertThat(keys).extracting((key) -> key.owner().state())
				.containsExactly(OwnerState.OK, OwnerState.DISABLED, OwnerState.MISSING, null);
			// k3 is past its expiry: that is judged by the run's as-of, not by the moment
			// of reading.
			assertThat(keys).extracting(KeyRecord::status)
				.containsExactly(KeyStatus.ACTIVE, KeyStatus.DISABLED, KeyStatus.ACTIVE, KeyStatus.ACTIVE);
			assertThat(keys).extracting((key) -> key.usage().state())
				.containsExactly(Usage.State.USED, Usage.State.NEVER_USED, Usage.State.NEVER_USED,
						Usage.State.NEVER_USED);
			assertThat(keys).extracting(KeyRecord::dataError).containsOnlyNulls();
		}
	}

	@Test
	void anotherDatabaseIsRefused() {
		this.database.jdbc().sql("DROP TABLE project").update();
		assertThatExceptionOfType(Failure.class).isThrownBy(this.source::probe)
			.withMessage("config/sources/api-key-records/source.yaml: probe says that this database does not fit the"
					+ " definition 'api-key-records'; correct the datasource, or choose the definition that fits");
	}

	@Test
	void aKeyIsDisabledOnceAndOnlyUnchangedAndRestoredOnlyByItsRun() {
		assertThat(disable("k1", null)).as("used meanwhile").isEmpty();
		assertThat(disable("k2", null)).as("not active").isEmpty();
		assertThat(disable("k3", null)).as("expired").isEmpty();
		OffsetDateTime used = OffsetDateTime.parse("2026-05-01T00:00:00Z");
		List<Map<String, Object>> disabled = disable("k1", used);
		assertThat(disabled).hasSize(1)
			.first()
			.satisfies((row) -> assertThat(row).containsEntry("disabled_by_run", 7L).containsKey("disabled_at"));
		Object at = Objects.requireNonNull(disabled.get(0).get("disabled_at"));
		assertThat(disable("k1", used)).as("already").isEmpty();
		assertThat(disable("k4", null)).as("never used").hasSize(1);
		assertThat(restore("k1", 8, at)).as("another run's").isEmpty();
		assertThat(restore("k2", 7, at)).as("a person's").isEmpty();
		assertThat(restore("k1", 7, AS_OF)).as("that of a run of another Keysteward").isEmpty();
		assertThat(restore("k1", 7, at)).hasSize(1);
		assertThat(restore("k1", 7, at)).as("already").isEmpty();
	}

	@Test
	void aKeyThatWasMadeAnewUnderAnOldIdIsNotTheOneThatWasRead() {
		this.database.jdbc().sql("UPDATE api_key SET created_at = now() WHERE id = 'k4'").update();
		assertThat(disable("k4", null)).isEmpty();
	}

	@Test
	void theGrantedRolesCanDoTheirWorkAndNoMore() {
		String schema = this.database.jdbc().sql("SELECT current_database()").query(String.class).single();
		String grants = file("grants.sql").replace("keysteward_", schema + "_");
		this.database.jdbc().sql(grants).update();
		as(schema + "_reader", "CREATE TEMP TABLE seen AS " + file("select.sql"));
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> as(schema + "_reader", "UPDATE api_key SET status = 'disabled'"))
			.withStackTraceContaining("permission denied");
		as(schema + "_disabler", "UPDATE api_key SET status = 'disabled' WHERE id = 'k1'");
		assertThatExceptionOfType(RuntimeException.class)
			.isThrownBy(() -> as(schema + "_disabler", "DELETE FROM api_key"))
			.withStackTraceContaining("permission denied");
	}

	private void as(String role, String sql) {
		this.database.jdbc().sql("BEGIN; SET LOCAL ROLE " + role + "; " + sql + "; COMMIT").update();
	}

	private List<Map<String, Object>> disable(String id, @Nullable OffsetDateTime lastUsedAt) {
		return this.database.jdbc()
			.sql(file("disable.sql"))
			.param("key_id", id)
			.param("created_at", CREATED)
			.param("last_used_at", lastUsedAt, Types.TIMESTAMP_WITH_TIMEZONE)
			.param("run_id", 7L)
			.param("as_of", AS_OF)
			.query()
			.listOfRows();
	}

	private List<Map<String, Object>> restore(String id, long run, Object disabledAt) {
		return this.database.jdbc()
			.sql(file("restore.sql"))
			.param("key_id", id)
			.param("run_id", run)
			.param("disabled_at", disabledAt)
			.query()
			.listOfRows();
	}

	private static String file(String name) {
		try {
			return Files.readString(FOLDER.resolve(name));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
