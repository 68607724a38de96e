package io.keysteward.source.definition;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.stream.Collectors;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.source.Remasked;
import io.keysteward.text.Failure;
import io.keysteward.text.Masking;
import io.keysteward.text.SafeText;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Parses a row into a key's record. A fault is a data error of that key alone; a row
 * without a key id is a fault of the source.
 */
public final class RowReader {

	private static final int SHOWN = 40;

	private static final int SHORTEST_SECRET = 12;

	/** In characters; an index entry cannot hold much more. */
	private static final int LONGEST_ID = 600;

	private static final KeyStatus[] STATUSES = KeyStatus.values();

	private static final ProjectState[] PROJECT_STATES = ProjectState.values();

	private static final OwnerState[] OWNER_STATES = OwnerState.values();

	private final String source;

	private final Definition definition;

	private final String file;

	private final boolean hasStatus;

	private final boolean usageKnown;

	private final List<String> remaskedKeys = new ArrayList<>();

	private long rows;

	private long remasked;

	/**
	 * Prepares to read the rows of a source.
	 * @param file the file of the definition that selects keys
	 * @param columns the columns of a row
	 * @param usageKnown whether any use is known
	 */
	public RowReader(String source, Definition definition, String file, Set<KeyColumn> columns, boolean usageKnown) {
		this.source = source;
		this.definition = definition;
		this.file = file;
		this.hasStatus = columns.contains(KeyColumn.STATUS);
		this.usageKnown = usageKnown;
	}

	/**
	 * {@return the key of a row}
	 */
	public KeyRecord read(Row row) {
		StringJoiner errors = new StringJoiner("; ");
		KeyId id = id(row, errors);
		Project project = project(row, errors);
		Owner owner = owner(row, errors);
		Instant createdAt = time(row, KeyColumn.CREATED_AT, errors);
		Usage usage = usage(row, errors);
		Instant expiresAt = time(row, KeyColumn.EXPIRES_AT, errors);
		KeyStatus status = status(row, errors);
		Instant deniedAt = time(row, KeyColumn.LAST_DENIED_AT, errors);
		KeyRecord key = new KeyRecord(id, row.text(KeyColumn.NAME), mask(id, row.text(KeyColumn.MASKED_KEY)), project,
				owner, createdAt, usage, expiresAt, status, row.text(KeyColumn.KIND), deniedAt,
				row.text(KeyColumn.REFERENCED_BY), errors(row, errors));
		this.rows++;
		return key;
	}

	private static @Nullable String errors(Row row, StringJoiner errors) {
		row.faults().forEach(errors::add);
		return (errors.length() > 0) ? errors.toString() : null;
	}

	/**
	 * {@return the number of rows so far}
	 */
	public long rows() {
		return this.rows;
	}

	/**
	 * {@return the keys so far whose masked key was masked again}
	 */
	public Remasked remasked() {
		return new Remasked(this.remasked, this.remaskedKeys);
	}

	private KeyId id(Row row, StringJoiner errors) {
		String id = row.text(KeyColumn.KEY_ID);
		if (id == null || id.isBlank()) {
			throw Failure.configuration("source '" + this.source + "': " + this.definition.file(this.file)
					+ ": key_id is null or blank after " + Plural.of(this.rows, "row")
					+ "; every row needs the key's public id, so leave such rows out or correct the SQL");
		}
		if (id.length() <= LONGEST_ID) {
			return new KeyId(this.source, id);
		}
		errors.add("key_id has more than " + LONGEST_ID + " characters, so that its beginning and a hash stand for it");
		String hash = row.keyIdHash();
		return new KeyId(this.source, id.substring(0, id.offsetByCodePoints(0, SHOWN)) + "… "
				+ ((hash != null) ? hash : DefinitionFolder.sha256(Map.of("key_id", id)).substring(0, SHOWN)));
	}

	private Project project(Row row, StringJoiner errors) {
		String id = row.text(KeyColumn.PROJECT_ID);
		String name = row.text(KeyColumn.PROJECT_NAME);
		ProjectState state = word(row, KeyColumn.PROJECT_STATE, PROJECT_STATES, errors);
		return (id == null && name == null && state == null) ? Project.NONE : new Project(id, name, state);
	}

	private Owner owner(Row row, StringJoiner errors) {
		String id = row.text(KeyColumn.OWNER_ID);
		String name = row.text(KeyColumn.OWNER_NAME);
		String email = row.text(KeyColumn.OWNER_EMAIL);
		OwnerState state = word(row, KeyColumn.OWNER_STATE, OWNER_STATES, errors);
		return (id == null && name == null && email == null && state == null) ? Owner.NONE
				: new Owner(id, name, email, state);
	}

	private Usage usage(Row row, StringJoiner errors) {
		if (!this.usageKnown || row.isUseUnknown()) {
			return Usage.UNKNOWN;
		}
		int before = errors.length();
		Instant at = time(row, KeyColumn.LAST_USED_AT, errors);
		if (at != null) {
			return Usage.used(at);
		}
		boolean neverUsed = this.definition.recorded() == Definition.Recorded.FULL && errors.length() == before;
		return neverUsed ? Usage.NEVER_USED : Usage.UNKNOWN;
	}

	private @Nullable KeyStatus status(Row row, StringJoiner errors) {
		if (!this.hasStatus) {
			return KeyStatus.ACTIVE;
		}
		if (row.text(KeyColumn.STATUS) == null) {
			errors.add("status is null, not one of " + words(STATUSES));
			return null;
		}
		return word(row, KeyColumn.STATUS, STATUSES, errors);
	}

	private @Nullable String mask(KeyId key, @Nullable String maskedKey) {
		if (maskedKey == null || !Masking.showsSecret(maskedKey)) {
			return maskedKey;
		}
		this.remasked++;
		if (this.remaskedKeys.size() < Remasked.MOST_NAMED) {
			this.remaskedKeys.add(key.id());
		}
		return Masking.mask(maskedKey);
	}

	private @Nullable Instant time(Row row, KeyColumn column, StringJoiner errors) {
		Instant instant = row.time(column);
		if (instant == null || (column == KeyColumn.EXPIRES_AT && instant.equals(Row.INFINITE))) {
			return null;
		}
		if (instant.equals(Row.INFINITE) || instant.equals(Instant.MIN)) {
			errors.add(column.columnName() + " is infinite, not a time");
			return null;
		}
		if (instant.isBefore(this.definition.oldestTime())) {
			errors.add(column.columnName() + " is " + instant + ", before oldest-time (" + this.definition.oldestTime()
					+ "): a sentinel, not a time; let " + this.file + " make it null");
			return null;
		}
		return instant;
	}

	private <E extends Enum<E>> @Nullable E word(Row row, KeyColumn column, E[] allowed, StringJoiner errors) {
		String word = row.text(column);
		if (word == null) {
			return null;
		}
		for (E value : allowed) {
			if (value.name().equalsIgnoreCase(word.strip())) {
				return value;
			}
		}
		errors.add(column.columnName() + " '" + shown(word) + "' is not one of " + words(allowed));
		return null;
	}

	/** Shows words, but not what looks like a misplaced secret. */
	private static String shown(String word) {
		if (word.length() >= SHORTEST_SECRET && Masking.showsSecret(word)
				&& word.chars().anyMatch(Character::isDigit)) {
			return Masking.mask(word);
		}
		return SafeText.beginning(word, SHOWN);
	}

	private static String words(Enum<?>[] allowed) {
		return Arrays.stream(allowed)
			.map((value) -> value.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

}
