package io.keysteward.insight;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.run.RunSource;
import io.keysteward.run.StoredTime;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * A key or source that could not be read or judged, or a use that its source has lost.
 * Text is untrusted.
 *
 * @param source the source's id
 * @param keyId the key's id; null: a fault of the whole source
 * @param name what people call the key
 * @param project its project's name, else its id
 * @param fault the fault, as sentences
 */
public record DataError(String source, @Nullable String keyId, @Nullable String name, @Nullable String project,
		@Nullable String fault) {

	/**
	 * {@return the data errors of a run, faults of a whole source first}
	 * @param unreadable the expected number of keys with a data error
	 * @param goneBack the expected number of keys whose use went back
	 */
	public static Rows<DataError> rows(RunView stored, long unreadable, long goneBack) {
		List<DataError> sources = sources(stored);
		return new Rows<>(sources.size() + unreadable + goneBack, (consumer) -> {
			sources.forEach(consumer);
			KeyRows.UNREADABLE.each(stored,
					Rows.handler((row, number) -> of(row, row.getString("data_error")), consumer));
			KeyRows.GONE_BACK.each(stored, Rows.handler((row, number) -> of(row, goneBack(row)), consumer));
		});
	}

	private static List<DataError> sources(RunView stored) {
		List<DataError> errors = new ArrayList<>();
		for (RunSource source : stored.unread()) {
			errors.add(of(source, "The source was not read: "
					+ ((source.fault() != null) ? source.fault() : "no fault is recorded")));
		}
		for (RunSource source : stored.sources()) {
			String shown = SourceText.remasked(source, (keys) -> Plural.of(keys, "key"));
			if (shown != null) {
				errors.add(of(source, "A fault of the source's definition: " + shown
						+ ". It was masked again, and the keys were judged; correct " + source.definitionFile() + "."));
			}
		}
		return errors;
	}

	private static String goneBack(ResultSet row) throws SQLException {
		Instant shown = StoredTime.of(row, "last_used_at");
		return "Its last use went back: an earlier reading has seen one at " + StoredTime.of(row, "known_use")
				+ ", and its source shows " + ((shown != null) ? "one at " + shown : "none")
				+ " now. The newest one counts; the key is not disabled while its source shows less.";
	}

	private static DataError of(RunSource source, String fault) {
		return new DataError(source.source(), null, null, null, fault);
	}

	private static DataError of(ResultSet row, @Nullable String fault) throws SQLException {
		return new DataError(row.getString("source"), row.getString("key_id"), row.getString("name"),
				row.getString("project"), fault);
	}

}
