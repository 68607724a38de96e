package io.keysteward.source.definition;

import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyColumn;
import org.jspecify.annotations.Nullable;

/**
 * One unparsed row of a source: texts and times by their columns. Text is untrusted.
 */
public final class Row {

	/** Positive infinity; the negative one is {@link Instant#MIN}. */
	public static final Instant INFINITE = Instant.MAX;

	private static final int COLUMNS = KeyColumn.values().length;

	private final @Nullable String[] texts = new @Nullable String[COLUMNS];

	private final @Nullable Instant[] times = new @Nullable Instant[COLUMNS];

	private final @Nullable String keyIdHash;

	private List<String> faults = List.of();

	private boolean unknownUse;

	/**
	 * An empty row.
	 * @param keyIdHash a hash of a key id that was cut; null: the id is complete
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

	/** Notes a fault in the texts of the row. */
	public void note(List<String> wrong) {
		this.faults = wrong;
	}

	/** Notes that this key's use is unknown, whatever the definition declares. */
	public void noteUnknownUse() {
		this.unknownUse = true;
	}

	boolean isUseUnknown() {
		return this.unknownUse;
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
