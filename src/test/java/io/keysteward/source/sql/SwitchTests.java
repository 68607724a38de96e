package io.keysteward.source.sql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

import io.keysteward.TestDatabase;
import io.keysteward.key.Failure;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Seen;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What counts as switched: what the source shows afterwards, not what a statement says of
 * itself.
 */
class SwitchTests {

	private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

	private static final Seen SEEN = new Seen(MADE, null, "team", "p1", "ann", "ann@example.org", "OK");

	private static final String OFF = "UPDATE k SET state = 'disabled', off_by = :run_id, off_at = clock_timestamp()"
			+ " WHERE id = :key_id AND state = 'active' AND used IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)"
			+ " RETURNING off_at";

	private static final String ON = "UPDATE k SET state = 'active', off_by = NULL, off_at = NULL WHERE id = :key_id"
			+ " AND off_by = :run_id AND off_at = CAST(:off_at AS timestamptz) RETURNING id";

	private static final String SELECT = """
			SELECT id AS key_id, made AS created_at, used AS last_used_at, kind, project AS project_id,
			       owner AS owner_id, email AS owner_email, owner_state, state AS status
			FROM k WHERE state <> 'hidden' AND NOT '{"a": 1}'::jsonb ? 'b'
			""";

	private final TestDatabase database = TestDatabase.empty();

	private final Map<String, @Nullable String> undo = new HashMap<>();

	@BeforeEach
	void createTable() {
		this.database.jdbc().sql("""
				CREATE TABLE k (id text, made timestamptz, used timestamptz, kind text, project text, owner text,
				                email text, owner_state text, state text, off_by bigint, off_at timestamptz);
				INSERT INTO k VALUES ('k1', '2026-01-01Z', NULL, 'team', 'p1', 'ann', 'ann@example.org', 'ok', 'active')
				""").update();
	}

	@Test
	void aKeyThatIsShownAsOffAfterwardsWasSwitchedOffAndIsSwitchedOnAgain() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		keySwitch.probe();
		assertThat(keySwitch.disable(order(SEEN), this.undo::putAll)).isTrue();
		assertThat(state()).isEqualTo("disabled");
		assertThat(keySwitch.disabledBy(order(SEEN), this.undo)).isTrue();
		assertThat(state()).isEqualTo("disabled");
		assertThat(keySwitch.restore(order(SEEN), this.undo, () -> {
		})).isTrue();
		assertThat(state()).isEqualTo("active");
		assertThat(keySwitch.disabledBy(order(SEEN), this.undo)).isFalse();
	}

	@Test
	void aDisableThatOnlySelectsHasDisabledNothing() {
		KeySwitch keySwitch = keySwitch("SELECT id, CAST(:last_used_at AS timestamptz) FROM k WHERE id = :key_id", ON);
		assertThat(failure(() -> keySwitch.disable(order(SEEN), this.undo::putAll)))
			.isEqualTo("CONFIGURATION config/sources/x/disable.sql: config/sources/x/select.sql still shows the key as"
					+ " active after it; it was rolled back: correct one of the two");
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aDisableThatChangesSomethingElseIsRolledBack() {
		KeySwitch keySwitch = keySwitch(OFF.replace("state = 'disabled',", ""), ON);
		assertThat(failure(() -> keySwitch.disable(order(SEEN), this.undo::putAll))).contains("still shows the key");
		assertThat(this.database.jdbc().sql("SELECT off_by IS NULL FROM k").query(Boolean.class).single()).isTrue();
	}

	@Test
	void aWordThatNobodyUnderstandsIsNotOff() {
		KeySwitch keySwitch = keySwitch(OFF.replace("'disabled'", "'paused'"), ON);
		assertThat(failure(() -> keySwitch.disable(order(SEEN), this.undo::putAll))).contains("still shows the key");
	}

	@Test
	void aKeyThatIsNotShownAnyMoreIsOff() {
		String hidden = OFF.replace("'disabled'", "'hidden'");
		assertThat(keySwitch(hidden, ON).disable(order(SEEN), this.undo::putAll)).isTrue();
	}

	/** A select that joins one row too many: of the two the idle one was judged. */
	@ParameterizedTest(name = "once switched off it is {0}")
	@ValueSource(strings = { "disabled", "hidden" })
	void aKeyThatIsShownInTwoRowsIsNotSwitchedOff(String afterwards) {
		this.database.jdbc().sql("CREATE TABLE use (id text, used timestamptz)").update();
		this.database.jdbc().sql("INSERT INTO use VALUES ('k1', '2026-11-22Z'), ('k1', NULL)").update();
		TestSource source = source(OFF.replace("'disabled'", "'" + afterwards + "'"), ON,
				SELECT.replace("used AS", "use.used AS").replace("FROM k", "FROM k JOIN use USING (id)")
						+ " ORDER BY use.used");
		assertThat(failure(() -> source.load().keySwitch().disable(order(SEEN), this.undo::putAll)))
			.isEqualTo("CONFIGURATION config/sources/x/select.sql: returns the key in 2 rows, of which each may say"
					+ " something else; it was left alone: return each key in one row");
		assertThat(state()).isEqualTo("active");
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aRestoreThatOnlySelectsHasRestoredNothing() {
		KeySwitch keySwitch = keySwitch(OFF, "SELECT id FROM k WHERE id = :key_id AND off_by = :run_id");
		assertThat(keySwitch.disable(order(SEEN), this.undo::putAll)).isTrue();
		assertThat(failure(() -> keySwitch.restore(order(SEEN), this.undo, () -> {
		}))).contains("restore.sql: config/sources/x/select.sql still shows the key as switched off after it");
	}

	@Test
	void anActiveKeyWasNotDisabledWhateverRestoreSqlSays() {
		KeySwitch keySwitch = keySwitch(OFF, "SELECT id FROM k WHERE id = :key_id OR off_by = :run_id");
		assertThat(keySwitch.disabledBy(order(SEEN), this.undo)).isFalse();
	}

	@Test
	void aNeverUsedKeyThatWasMadeAnewUnderItsIdSurvivesEvenWhereDisableSqlDoesNotCompareIt() {
		this.database.jdbc().sql("UPDATE k SET made = made + interval '1 microsecond'").update();
		assertThat(keySwitch(OFF, ON).disable(order(SEEN), this.undo::putAll)).isFalse();
		assertThat(state()).isEqualTo("active");
	}

	@Test
	void whoeverTookAKeyOverAfterItWasReadHasNotBeenTold() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		for (String change : new String[] { "owner = 'bob'", "email = 'bob@example.org'", "owner_state = 'missing'",
				"project = NULL", "kind = 'system'" }) {
			this.database.jdbc().sql("UPDATE k SET " + change).update();
			assertThat(keySwitch.disable(order(SEEN), this.undo::putAll)).as(change).isFalse();
			assertThat(state()).as(change).isEqualTo("active");
			this.database.jdbc().sql("""
					UPDATE k SET owner = 'ann', email = 'ann@example.org', owner_state = 'ok', project = 'p1',
					             kind = 'team'
					""").update();
		}
		assertThat(keySwitch.disable(order(SEEN), this.undo::putAll)).isTrue();
	}

	@Test
	void whatAnotherKeystewardDisabledUnderTheSameNumberIsNotRestored() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		assertThat(keySwitch.disable(order(SEEN), this.undo::putAll)).isTrue();
		this.database.jdbc().sql("UPDATE k SET off_at = off_at + interval '1 day'").update();
		assertThat(keySwitch.restore(order(SEEN), this.undo, () -> {
		})).isFalse();
		assertThat(keySwitch.disabledBy(order(SEEN), this.undo)).isFalse();
		assertThat(state()).isEqualTo("disabled");
	}

	@Test
	void aRestoreThatCannotTellWhoDisabledIsRefused() {
		KeySwitch keySwitch = keySwitch(OFF, "UPDATE k SET state = 'active' WHERE id = :key_id");
		assertThat(failure(keySwitch::probe)).isEqualTo("CONFIGURATION config/sources/x/restore.sql: uses neither"
				+ " :run_id nor anything that disable.sql returns, so it could switch on a key that somebody else"
				+ " switched off; compare with it in WHERE");
	}

	private KeySwitch keySwitch(String disable, String restore) {
		return source(disable, restore, SELECT).load().keySwitch();
	}

	private TestSource source(String disable, String restore, String select) {
		TestSource source = TestSource.create(this.database, TestSource.YAML + "disable: { reversible: true }\n",
				select);
		try {
			Files.writeString(source.config().resolve("sources/x/disable.sql"), disable);
			Files.writeString(source.config().resolve("sources/x/restore.sql"), restore);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return source;
	}

	private static String failure(Runnable action) {
		Failure failure = catchThrowableOfType(Failure.class, action::run);
		return (failure != null)
				? failure.kind() + " " + failure.line().replaceAll("[^ ]*/sources/x/", "config/sources/x/") : "none";
	}

	private static Order order(Seen seen) {
		return new Order("k1", seen, 7, Instant.parse("2026-11-23T00:00:00Z"));
	}

	private String state() {
		return this.database.jdbc().sql("SELECT state FROM k").query(String.class).single();
	}

}
