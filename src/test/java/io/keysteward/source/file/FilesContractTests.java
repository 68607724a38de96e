package io.keysteward.source.file;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.keysteward.key.KeyRecord;
import io.keysteward.source.CanonicalColumns;
import io.keysteward.source.KeyReadingContract;
import io.keysteward.source.KeySource;
import io.keysteward.source.ReadingFixture;
import org.jspecify.annotations.Nullable;

/**
 * The contract of sources for files, whose keys cannot be switched.
 */
class FilesContractTests extends KeyReadingContract {

	FilesContractTests() {
		super(new Csv());
	}

	/** A file with the canonical columns. */
	private static final class Csv implements ReadingFixture {

		private final List<String> rows = new ArrayList<>();

		private final TestExport export = TestExport.create(
				"title: Test\nusage: { recorded: full }\nrows: { keys: { columns: [" + CanonicalColumns.NAMES
						+ "] } }\n",
				"SELECT " + CanonicalColumns.ALL.stream()
					.map((column) -> column.columnName()
							+ (column.isTime() ? "::timestamptz AS " + column.columnName() : ""))
					.collect(Collectors.joining(", ")) + " FROM keys");

		/** Writes the whole file before the next reading. */
		private void write() {
			this.export.put("keys.csv", CanonicalColumns.NAMES + "\n" + String.join("", this.rows));
		}

		@Override
		public KeySource source() {
			write();
			return this.export.newest("*.csv");
		}

		@Override
		public KeySource unreachable() {
			return this.export.file("nothing.csv");
		}

		@Override
		public void put(KeyRecord key) {
			this.rows.removeIf((row) -> row.startsWith(quoted(key.id().id()) + ","));
			repeat(key);
		}

		@Override
		public void repeat(KeyRecord key) {
			this.rows.add(CanonicalColumns.values(key, Instant::toString)
				.stream()
				.map(Csv::quoted)
				.collect(Collectors.joining(",")) + "\n");
			write();
		}

		@Override
		public void remove(String keyId) {
			this.rows.removeIf((row) -> row.startsWith(quoted(keyId) + ","));
			write();
		}

		private static String quoted(@Nullable Object value) {
			return (value != null) ? '"' + value.toString().replace("\"", "\"\"") + '"' : "";
		}

		@Override
		public long open() {
			return TestExport.DATABASE.jdbc().sql("""
					SELECT count(*) FROM pg_stat_activity
					WHERE usename = 'keysteward_landing' AND datname = current_database() AND state <> 'idle'
					""").query(Long.class).single();
		}

		@Override
		public void close() {
			// There is nothing to close.
		}

	}

}
