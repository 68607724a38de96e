package io.keysteward.source.definition;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyColumn;
import org.jspecify.annotations.Nullable;

/**
 * One row as its source returns it, before anybody has understood it: texts and times by
 * their columns. Text is untrusted.
 */
public final class Row {

	/** A time after all others; its negative is {@link Instant#MIN}. */
	public static final Instant INFINITE = Instant.MAX;

	private static final int COLUMNS = KeyColumn.values().length;

	private final @Nullable String[] texts = new @Nullable String[COLUMNS];

	private final @Nullable Instant[] times = new @Nullable Instant[COLUMNS];

	private final @Nullable String keyIdHash;

	private List<String> faults = List.of();

	/**
	 * An empty row.
	 * @param keyIdHash stands for a key id of which only the beginning has come; null:
	 * all of it has
	 */
	public Row(@Nullable String keyIdHash) {
		this.keyIdHash = keyIdHash;
	}

	public void set(KeyColumn column, @Nullable String text) {
		this.texts[column.ordinal()] = text;
	}

	/**
	 * Sets a time.
	 * @param time may be {@link #INFINITE} or {@link Instant#MIN}
	 */
	public void set(KeyColumn column, @Nullable Instant time) {
		this.times[column.ordinal()] = time;
	}

	/** Notes what is wrong with the texts of the row. */
	public void note(List<String> wrong) {
		this.faults = wrong;
	}

	@Nullable String text(KeyColumn column) {
		return this.texts[column.ordinal()];
	}

	@Nullable Instant time(KeyColumn column) {
		return this.times[column.ordinal()];
	}

	@Nullable String keyIdHash() {
		return this.keyIdHash;
	}

	List<String> faults() {
		return this.faults;
	}

}
