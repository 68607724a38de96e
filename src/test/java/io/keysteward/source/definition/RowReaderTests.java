package io.keysteward.source.definition;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.source.definition.Definition.Recorded;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What a row means, whatever it was read from.
 */
class RowReaderTests {

	private static final Instant USED = Instant.parse("2026-03-01T00:00:00Z");

	private static final Set<KeyColumn> ALL = EnumSet.allOf(KeyColumn.class);

	private final RowReader reader = reader(Recorded.FULL, ALL, true);

	@Test
	void wordsAndTimesBecomeAKey() {
		Row row = row("k");
		row.set(KeyColumn.PROJECT_ID, "p");
		row.set(KeyColumn.PROJECT_STATE, " Deleted ");
		row.set(KeyColumn.LAST_USED_AT, USED);
		row.set(KeyColumn.EXPIRES_AT, Row.INFINITE);
		assertThat(this.reader.read(row))
			.isEqualTo(new KeyRecord(new KeyId("x", "k"), null, null, new Project("p", null, ProjectState.DELETED),
					Owner.NONE, null, Usage.used(USED), null, KeyStatus.ACTIVE, null, null, null, null));
		assertThat(this.reader.rows()).isEqualTo(1);
	}

	@ParameterizedTest
	@EnumSource
	void whatNoLastUseMeansFollowsFromWhatIsRecorded(Recorded recorded) {
		boolean known = recorded != Recorded.NONE;
		assertThat(reader(recorded, ALL, known).read(row("k")).usage())
			.isEqualTo((recorded == Recorded.FULL) ? Usage.NEVER_USED : Usage.UNKNOWN);
		Row used = row("k");
		used.set(KeyColumn.LAST_USED_AT, USED);
		assertThat(reader(recorded, ALL, known).read(used).usage()).isEqualTo(known ? Usage.used(USED) : Usage.UNKNOWN);
	}

	@Test
	void whatCannotBeReadIsADataErrorOfItsKeyAndNamesTheFileToCorrect() {
		Row row = row("k");
		row.set(KeyColumn.STATUS, (String) null);
		row.set(KeyColumn.CREATED_AT, Instant.EPOCH);
		row.set(KeyColumn.LAST_USED_AT, Instant.MIN);
		row.note(List.of("name is no UTF-8 text"));
		KeyRecord key = this.reader.read(row);
		assertThat(key.dataError()).isEqualTo("created_at is 1970-01-01T00:00:00Z, before oldest-time"
				+ " (2000-01-01T00:00:00Z): a sentinel, not a time; let keys.json make it null; last_used_at is infinite,"
				+ " not a time; status is null, not one of active, disabled, expired; name is no UTF-8 text");
		assertThat(key.usage()).isEqualTo(Usage.UNKNOWN);
		assertThat(reader(Recorded.FULL, EnumSet.of(KeyColumn.KEY_ID), true).read(row("k")).status())
			.isEqualTo(KeyStatus.ACTIVE);
	}

	@Test
	void aRowWithoutAnIdIsAFaultOfTheSource() {
		this.reader.read(row("k"));
		assertThat(catchThrowableOfType(Failure.class, () -> this.reader.read(row(" "))).line())
			.startsWith("source 'x': config/sources/d/keys.json: key_id is null or blank after 1 row;");
	}

	@Test
	void anIdThatIsTooLongIsToldApartByAHash() {
		String id = "k".repeat(601);
		assertThat(this.reader.read(row(id)).id().id()).startsWith("k".repeat(40) + "… ")
			.isNotEqualTo(this.reader.read(row(id + "k")).id().id());
		Row cut = new Row("4711");
		cut.set(KeyColumn.KEY_ID, id);
		assertThat(this.reader.read(cut).id().id()).isEqualTo("k".repeat(40) + "… 4711");
	}

	@Test
	void aSecretIsMaskedAgainAndCounted() {
		Row row = row("k");
		row.set(KeyColumn.MASKED_KEY, "sk-live-4eC39HqLyjWDarjtT1zdp7dc");
		assertThat(this.reader.read(row).maskedKey()).doesNotContain("HqLyjWDarjt");
		assertThat(this.reader.remasked().rows()).isEqualTo(1);
		assertThat(this.reader.remasked().keyIds()).containsExactly("k");
	}

	private static Row row(@Nullable String id) {
		Row row = new Row(null);
		row.set(KeyColumn.KEY_ID, id);
		row.set(KeyColumn.STATUS, "active");
		return row;
	}

	private static RowReader reader(Recorded recorded, Set<KeyColumn> columns, boolean usageKnown) {
		Definition definition = new Definition("d", "config/sources/d", "", "Test", recorded, Duration.ZERO,
				KnownSince.START, Instant.parse("2000-01-01T00:00:00Z"), Set.of(), Set.of(), Set.of(), Set.of(), true,
				List.of(), false, Duration.ZERO);
		return new RowReader("x", definition, "keys.json", columns, usageKnown);
	}

}
