package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.Map;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.Remasked;
import io.keysteward.source.definition.Row;
import io.keysteward.source.definition.RowReader;
import org.jspecify.annotations.Nullable;

/**
 * Reads keys from the rows of a statement of {@link Columns}.
 */
final class ResultRows {

	/** In the canonical order, with the position of each in the result. */
	private final Map<KeyColumn, Integer> positions = new EnumMap<>(KeyColumn.class);

	private final RowText texts = new RowText();

	private final RowReader reader;

	/** Whether the last use -infinity means an unknown use. */
	private final boolean marked;

	ResultRows(String source, SqlDefinition definition, DefinitionMatch fit) {
		this(source, definition, fit, false);
	}

	ResultRows(String source, SqlDefinition definition, DefinitionMatch fit, boolean marked) {
		this.marked = marked;
		fit.columns().forEach((column) -> this.positions.put(column, this.positions.size() + 1));
		this.reader = new RowReader(source, definition.common(), SqlDefinition.SELECT, this.positions.keySet(),
				fit.usageKnown());
	}

	/**
	 * {@return the key of the current row}
	 */
	KeyRecord read(ResultSet result) throws SQLException {
		String hash = result.getString(this.positions.size() + 1);
		this.texts.begin(hash != null);
		Row row = new Row(hash);
		for (Map.Entry<KeyColumn, Integer> column : this.positions.entrySet()) {
			if (column.getKey().isTime()) {
				set(row, column.getKey(), instant(result.getObject(column.getValue(), OffsetDateTime.class)));
			}
			else {
				row.set(column.getKey(), this.texts.read(column.getKey(), result.getBytes(column.getValue())));
			}
		}
		row.note(this.texts.faults());
		return this.reader.read(row);
	}

	private void set(Row row, KeyColumn column, @Nullable Instant time) {
		if (this.marked && column == KeyColumn.LAST_USED_AT && Instant.MIN.equals(time)) {
			row.noteUnknownUse();
		}
		else {
			row.set(column, time);
		}
	}

	/** The driver represents infinity by two special times. */
	private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
		if (time == null) {
			return null;
		}
		return time.equals(OffsetDateTime.MAX) ? Row.INFINITE
				: time.equals(OffsetDateTime.MIN) ? Instant.MIN : time.toInstant();
	}

	long rows() {
		return this.reader.rows();
	}

	Remasked remasked() {
		return this.reader.remasked();
	}

	/**
	 * {@return the bytes of all texts so far}
	 */
	long bytes() {
		return this.texts.bytes();
	}

	/**
	 * {@return the number of rows whose texts were cut}
	 */
	long shortened() {
		return this.texts.shortened();
	}

}
