package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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
import io.keysteward.source.definition.Definition;
import io.keysteward.source.definition.DefinitionReader;
import io.keysteward.text.Failure;
import io.keysteward.text.Masking;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Makes a key's record of a row. What cannot be read is a data error of that key alone; a
 * row without a key id is a fault of the source.
 */
final class RowReader {

	private static final int SHOWN = 40;

	private static final int SHORTEST_SECRET = 12;

	/** In characters; an index cannot hold much more. */
	private static final int LONGEST_ID = 600;

	private static final KeyStatus[] STATUSES = KeyStatus.values();

	private static final ProjectState[] PROJECT_STATES = ProjectState.values();

	private static final OwnerState[] OWNER_STATES = OwnerState.values();

	private final String source;

	private final Definition definition;

	private final boolean usageKnown;

	private final Map<KeyColumn, Integer> positions = new EnumMap<>(KeyColumn.class);

	private final List<String> remaskedKeys = new ArrayList<>();

	private long rows;

	private final RowText texts = new RowText();

	private long remasked;

	RowReader(String source, Definition definition, DefinitionMatch fit) {
		this.source = source;
		this.definition = definition;
		this.usageKnown = fit.usageKnown();
		fit.columns().forEach((column) -> this.positions.put(column, this.positions.size() + 1));
	}

	KeyRecord read(ResultSet row) throws SQLException {
		StringJoiner errors = new StringJoiner("; ");
		this.texts.begin(row.getString(this.positions.size() + 1) != null);
		KeyId id = id(row, errors);
		Project project = project(row, errors);
		Owner owner = owner(row, errors);
		Instant createdAt = time(row, KeyColumn.CREATED_AT, errors);
		Usage usage = usage(row, errors);
		Instant expiresAt = time(row, KeyColumn.EXPIRES_AT, errors);
		KeyStatus status = status(row, errors);
		KeyRecord key = new KeyRecord(id, text(row, KeyColumn.NAME), mask(id, text(row, KeyColumn.MASKED_KEY)), project,
				owner, createdAt, usage, expiresAt, status, text(row, KeyColumn.KIND), errors(errors));
		this.rows++;
		return key;
	}

	private @Nullable String errors(StringJoiner errors) {
		this.texts.faults().forEach(errors::add);
		return (errors.length() > 0) ? errors.toString() : null;
	}

	long rows() {
		return this.rows;
	}

	Remasked remasked() {
		return new Remasked(this.remasked, this.remaskedKeys);
	}

	/**
	 * {@return the bytes of all texts that were read}
	 */
	long bytes() {
		return this.texts.bytes();
	}

	/**
	 * {@return the rows of which only the beginnings of texts were read}
	 */
	long shortened() {
		return this.texts.shortened();
	}

	private KeyId id(ResultSet row, StringJoiner errors) throws SQLException {
		String id = text(row, KeyColumn.KEY_ID);
		if (id == null || id.isBlank()) {
			throw Failure.configuration("source '" + this.source + "': " + this.definition.file(Definition.SELECT)
					+ ": key_id is null or blank after " + Plural.of(this.rows, "row")
					+ "; every row needs the key's public id, so leave such rows out or correct the SQL");
		}
		if (id.length() <= LONGEST_ID) {
			return new KeyId(this.source, id);
		}
		errors.add("key_id has more than " + LONGEST_ID + " characters, so that its beginning and a hash stand for it");
		String hash = row.getString(this.positions.size() + 1);
		return new KeyId(this.source, id.substring(0, id.offsetByCodePoints(0, SHOWN)) + "… "
				+ ((hash != null) ? hash : DefinitionReader.sha256(Map.of("key_id", id)).substring(0, SHOWN)));
	}

	private Project project(ResultSet row, StringJoiner errors) throws SQLException {
		String id = text(row, KeyColumn.PROJECT_ID);
		String name = text(row, KeyColumn.PROJECT_NAME);
		ProjectState state = word(row, KeyColumn.PROJECT_STATE, PROJECT_STATES, errors);
		return (id == null && name == null && state == null) ? Project.NONE : new Project(id, name, state);
	}

	private Owner owner(ResultSet row, StringJoiner errors) throws SQLException {
		String id = text(row, KeyColumn.OWNER_ID);
		String name = text(row, KeyColumn.OWNER_NAME);
		String email = text(row, KeyColumn.OWNER_EMAIL);
		OwnerState state = word(row, KeyColumn.OWNER_STATE, OWNER_STATES, errors);
		return (id == null && name == null && email == null && state == null) ? Owner.NONE
				: new Owner(id, name, email, state);
	}

	private Usage usage(ResultSet row, StringJoiner errors) throws SQLException {
		if (!this.usageKnown) {
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

	private @Nullable KeyStatus status(ResultSet row, StringJoiner errors) throws SQLException {
		if (!this.positions.containsKey(KeyColumn.STATUS)) {
			return KeyStatus.ACTIVE;
		}
		if (text(row, KeyColumn.STATUS) == null) {
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

	private @Nullable String text(ResultSet row, KeyColumn column) throws SQLException {
		Integer position = this.positions.get(column);
		return (position != null) ? this.texts.read(column, row.getBytes(position)) : null;
	}

	private @Nullable Instant time(ResultSet row, KeyColumn column, StringJoiner errors) throws SQLException {
		Integer position = this.positions.get(column);
		OffsetDateTime time = (position != null) ? row.getObject(position, OffsetDateTime.class) : null;
		if (time == null || (column == KeyColumn.EXPIRES_AT && time.equals(OffsetDateTime.MAX))) {
			return null;
		}
		if (time.equals(OffsetDateTime.MAX) || time.equals(OffsetDateTime.MIN)) {
			errors.add(column.columnName() + " is infinite, not a time");
			return null;
		}
		Instant instant = time.toInstant();
		if (instant.isBefore(this.definition.oldestTime())) {
			errors.add(column.columnName() + " is " + instant + ", before oldest-time (" + this.definition.oldestTime()
					+ "): a sentinel, not a time; let select.sql make it null");
			return null;
		}
		return instant;
	}

	private <E extends Enum<E>> @Nullable E word(ResultSet row, KeyColumn column, E[] allowed, StringJoiner errors)
			throws SQLException {
		String word = text(row, column);
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

	/** Words are shown; what rather looks like a misplaced secret is not. */
	private static String shown(String word) {
		if (word.length() >= SHORTEST_SECRET && Masking.showsSecret(word)
				&& word.chars().anyMatch(Character::isDigit)) {
			return Masking.mask(word);
		}
		return (word.codePointCount(0, word.length()) > SHOWN)
				? word.substring(0, word.offsetByCodePoints(0, SHOWN)) + "…" : word;
	}

	private static String words(Enum<?>[] allowed) {
		return Arrays.stream(allowed)
			.map((value) -> value.name().toLowerCase(Locale.ROOT))
			.collect(Collectors.joining(", "));
	}

}
