package io.keysteward.source.file;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
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

		private static final List<KeyColumn> COLUMNS = Arrays.asList(KeyColumn.values());

		private static final String NAMES = COLUMNS.stream()
			.map(KeyColumn::columnName)
			.collect(Collectors.joining(", "));

		private final List<String> rows = new ArrayList<>();

		private final TestExport export = TestExport.create(
				"title: Test\nusage: { recorded: full }\nrows: { keys: { columns: [" + NAMES + "] } }\n",
				"SELECT " + COLUMNS.stream()
					.map((column) -> column.columnName()
							+ (column.isTime() ? "::timestamptz AS " + column.columnName() : ""))
					.collect(Collectors.joining(", ")) + " FROM keys");

		/** Writes the whole file before the next reading. */
		private void write() {
			this.export.put("keys.csv", NAMES + "\n" + String.join("", this.rows));
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
			this.rows.add(COLUMNS.stream().map((column) -> quoted(value(key, column))).collect(Collectors.joining(","))
					+ "\n");
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

		private static @Nullable Object value(KeyRecord key, KeyColumn column) {
			return switch (column) {
				case KEY_ID -> key.id().id();
				case NAME -> key.name();
				case MASKED_KEY -> key.maskedKey();
				case PROJECT_ID -> key.project().id();
				case PROJECT_NAME -> key.project().name();
				case PROJECT_STATE -> word(key.project().state());
				case OWNER_ID -> key.owner().id();
				case OWNER_NAME -> key.owner().name();
				case OWNER_EMAIL -> key.owner().email();
				case OWNER_STATE -> word(key.owner().state());
				case CREATED_AT -> key.createdAt();
				case LAST_USED_AT -> key.usage().lastUsedAt();
				case EXPIRES_AT -> key.expiresAt();
				case STATUS -> word(key.status());
				case KIND -> key.kind();
			};
		}

		private static @Nullable String word(@Nullable Enum<?> value) {
			return (value != null) ? value.name().toLowerCase(Locale.ROOT) : null;
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
