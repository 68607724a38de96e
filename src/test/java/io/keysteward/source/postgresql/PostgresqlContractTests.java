package io.keysteward.source.postgresql;

import java.time.Instant;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.ZoneOffset;
import java.util.stream.Collectors;

import io.keysteward.TestDatabase;
import io.keysteward.faults.FaultyProxy;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.CanonicalColumns;
import io.keysteward.source.KeySource;
import io.keysteward.source.KeySourceContract;
import io.keysteward.source.SourceFixture;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A PostgreSQL database is a source like any other.
 */
class PostgresqlContractTests extends KeySourceContract {

	PostgresqlContractTests() {
		super(new Table());
	}

	/** A table of the canonical columns, behind a line that can be cut. */
	private static final class Table implements SourceFixture {

		private static final String REVERSIBLE = TestSource.YAML + "disable: { reversible: true }\n";

		private static final String DISABLE = """
				UPDATE k SET status = 'disabled', off_by = :run_id, off_at = clock_timestamp()
				WHERE key_id = :key_id AND status = 'active'
				  AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
				RETURNING off_at
				""";

		private static final String RESTORE = """
				UPDATE k SET status = 'active', off_by = NULL, off_at = NULL
				WHERE key_id = :key_id AND status = 'disabled' AND off_by = :run_id
				  AND off_at = CAST(:off_at AS timestamptz)
				""";

		private final TestDatabase database = TestDatabase.empty();

		/** One, since much is written. */
		private final SingleConnectionDataSource connection = new SingleConnectionDataSource(this.database.url(),
				this.database.username(), this.database.password(), true);

		private final JdbcClient jdbc = JdbcClient.create(this.connection);

		private final FaultyProxy wire = new FaultyProxy(this.database.server());

		private Table() {
			String columns = CanonicalColumns.ALL.stream()
				.map((column) -> column.columnName() + (column.isTime() ? " timestamptz" : " text"))
				.collect(Collectors.joining(", "));
			this.jdbc.sql("CREATE TABLE k (" + columns + ", off_by bigint, off_at timestamptz)").update();
		}

		@Override
		public KeySource source() {
			return load(REVERSIBLE, this.database.through(this.wire.port()).url());
		}

		@Override
		public KeySource withoutDisabling() {
			return load(TestSource.YAML, this.database.url());
		}

		@Override
		public KeySource unreachable() {
			return load(REVERSIBLE, "jdbc:postgresql://localhost:1/nothing");
		}

		private KeySource load(String yaml, String url) {
			TestSource source = TestSource.create(this.database, yaml, "SELECT " + CanonicalColumns.NAMES + " FROM k");
			try {
				Files.writeString(source.config().resolve("sources/x/disable.sql"), DISABLE);
				Files.writeString(source.config().resolve("sources/x/restore.sql"), RESTORE);
			}
			catch (IOException ex) {
				throw new UncheckedIOException(ex);
			}
			return source.load(url, this.database.username(), this.database.password());
		}

		@Override
		public void put(KeyRecord key) {
			remove(key.id().id());
			repeat(key);
		}

		@Override
		public void repeat(KeyRecord key) {
			String values = CanonicalColumns.ALL.stream().map((column) -> "?").collect(Collectors.joining(", "));
			this.jdbc.sql("INSERT INTO k (" + CanonicalColumns.NAMES + ") VALUES (" + values + ")")
				.params(CanonicalColumns.values(key, (time) -> time.atOffset(ZoneOffset.UTC)))
				.update();
		}

		@Override
		public void remove(String keyId) {
			this.jdbc.sql("DELETE FROM k WHERE key_id = ?").param(keyId).update();
		}

		@Override
		public void deny(String keyId, Instant at) {
			this.jdbc.sql("UPDATE k SET last_denied_at = ? WHERE key_id = ?")
				.param(at.atOffset(ZoneOffset.UTC))
				.param(keyId)
				.update();
		}

		@Override
		public void loseConfirmation(boolean committed) {
			this.wire.when(committed, this.wire::cutOne, "COMMIT");
		}

		@Override
		public long open() {
			return this.jdbc.sql("""
					SELECT count(*) FROM pg_stat_activity
					WHERE application_name = 'keysteward' AND datname = current_database() AND state <> 'idle'
					""").query(Long.class).single();
		}

		@Override
		public void close() {
			this.wire.close();
			this.connection.destroy();
		}

	}

}
