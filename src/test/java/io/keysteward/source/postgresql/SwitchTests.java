package io.keysteward.source.postgresql;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.keysteward.TestDatabase;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * What counts as switched: what the source shows afterwards, not what a statement says of
 * itself.
 */
class SwitchTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T00:00:00Z");

	private static final Instant MADE = Instant.parse("2026-01-01T00:00:00Z");

	private static final KeyRecord READ = read(KeyStatus.ACTIVE, "team", null);

	private static final String OFF = "UPDATE k SET state = 'disabled', off_by = :run_id, off_at = clock_timestamp()"
			+ " WHERE id = :key_id AND state = 'active' AND used IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)"
			+ " RETURNING off_at";

	private static final String ON = "UPDATE k SET state = 'active', off_by = NULL, off_at = NULL WHERE id = :key_id"
			+ " AND off_by = :run_id AND off_at = CAST(:off_at AS timestamptz) RETURNING id";

	private static final String SELECT = """
			SELECT id AS key_id, made AS created_at, used AS last_used_at, kind, project AS project_id,
			       owner AS owner_id, email AS owner_email, owner_state, ends AS expires_at, state AS status
			FROM k WHERE state <> 'hidden' AND NOT '{"a": 1}'::jsonb ? 'b'
			""";

	private final TestDatabase database = TestDatabase.empty();

	private final List<String> undo = new ArrayList<>();

	@BeforeEach
	void createTable() {
		this.database.jdbc().sql("""
				CREATE TABLE k (id text, made timestamptz, used timestamptz, kind text, project text, owner text,
				                email text, owner_state text, state text, off_by bigint, off_at timestamptz,
				                ends timestamptz);
				INSERT INTO k VALUES ('k1', '2026-01-01Z', NULL, 'team', 'p1', 'ann', 'ann@example.org', 'ok', 'active')
				""").update();
	}

	@Test
	void aKeyThatIsShownAsOffAfterwardsWasSwitchedOffAndIsSwitchedOnAgain() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		keySwitch.probe();
		assertThat(keySwitch.disable(order(), this.undo::add)).isNull();
		assertThat(state()).isEqualTo("disabled");
		assertThat(keySwitch.disabledBy(undo())).isTrue();
		assertThat(state()).isEqualTo("disabled");
		assertThat(keySwitch.restore(undo(), (receipt) -> {
		})).isTrue();
		assertThat(state()).isEqualTo("active");
		assertThat(keySwitch.disabledBy(undo())).isFalse();
	}

	@Test
	void aDisableThatOnlySelectsHasDisabledNothing() {
		KeySwitch keySwitch = keySwitch("SELECT id, CAST(:last_used_at AS timestamptz) FROM k WHERE id = :key_id", ON);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add)))
			.isEqualTo("CONFIGURATION config/sources/x/disable.sql: config/sources/x/select.sql still shows the key as"
					+ " active after it; it was rolled back: correct one of the two");
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aDisableThatChangesSomethingElseIsRolledBack() {
		KeySwitch keySwitch = keySwitch(OFF.replace("state = 'disabled',", ""), ON);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains("still shows the key");
		assertThat(this.database.jdbc().sql("SELECT off_by IS NULL FROM k").query(Boolean.class).single()).isTrue();
	}

	@Test
	void aWordThatNobodyUnderstandsIsNotOff() {
		KeySwitch keySwitch = keySwitch(OFF.replace("'disabled'", "'paused'"), ON);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains("still shows the key");
	}

	@Test
	void aKeyThatIsNotShownAnyMoreIsOff() {
		String hidden = OFF.replace("'disabled'", "'hidden'");
		assertThat(keySwitch(hidden, ON).disable(order(), this.undo::add)).isNull();
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
		assertThat(failure(() -> source.load().keySwitch(Set.of()).disable(order(), this.undo::add)))
			.isEqualTo("CONFIGURATION config/sources/x/select.sql: returns the key in 2 rows, of which each may say"
					+ " something else; it was left alone: return each key in one row");
		assertThat(state()).isEqualTo("active");
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aRestoreThatOnlySelectsHasRestoredNothing() {
		KeySwitch keySwitch = keySwitch(OFF, "SELECT id FROM k WHERE id = :key_id AND off_by = :run_id");
		String failure = "restore.sql: config/sources/x/select.sql still shows the key as switched off after it";
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains(failure);
		assertThat(state()).isEqualTo("active");
		assertThat(keySwitch(OFF, ON).disable(order(), this.undo::add)).isNull();
		assertThat(failure(() -> keySwitch.restore(undo(), (receipt) -> {
		}))).contains(failure);
	}

	@Test
	void anActiveKeyWasNotDisabledWhateverRestoreSqlSays() {
		KeySwitch keySwitch = keySwitch(OFF, "SELECT id FROM k WHERE id = :key_id OR off_by = :run_id");
		assertThat(keySwitch.disabledBy(undo())).isFalse();
	}

	@Test
	void aNeverUsedKeyThatWasMadeAnewUnderItsIdSurvivesEvenWhereDisableSqlDoesNotCompareIt() {
		this.database.jdbc().sql("UPDATE k SET made = made + interval '1 microsecond'").update();
		assertThat(keySwitch(OFF, ON).disable(order(), this.undo::add)).isNotNull();
		assertThat(state()).isEqualTo("active");
	}

	@Test
	void whoeverTookAKeyOverAfterItWasReadHasNotBeenTold() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		for (String change : new String[] { "owner = 'bob'", "email = 'bob@example.org'", "owner_state = 'missing'",
				"project = NULL", "kind = 'system'" }) {
			this.database.jdbc().sql("UPDATE k SET " + change).update();
			assertThat(keySwitch.disable(order(), this.undo::add)).as(change).isNotNull();
			assertThat(state()).as(change).isEqualTo("active");
			this.database.jdbc().sql("""
					UPDATE k SET owner = 'ann', email = 'ann@example.org', owner_state = 'ok', project = 'p1',
					             kind = 'team'
					""").update();
		}
		assertThat(keySwitch.disable(order(), this.undo::add)).isNull();
	}

	@Test
	void whatAnotherKeystewardDisabledUnderTheSameNumberIsNotRestored() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		assertThat(keySwitch.disable(order(), this.undo::add)).isNull();
		this.database.jdbc().sql("UPDATE k SET off_at = off_at + interval '1 day'").update();
		assertThat(keySwitch.restore(undo(), (receipt) -> {
		})).isFalse();
		assertThat(keySwitch.disabledBy(undo())).isFalse();
		assertThat(state()).isEqualTo("disabled");
	}

	@Test
	void aRestoreThatCannotTellWhoDisabledIsRefused() {
		KeySwitch keySwitch = keySwitch(OFF, "UPDATE k SET state = 'active' WHERE id = :key_id");
		assertThat(failure(keySwitch::probe)).isEqualTo("CONFIGURATION config/sources/x/restore.sql: compares neither"
				+ " :run_id nor anything that disable.sql returns, so it could switch on a key that somebody else"
				+ " switched off; compare with it in WHERE");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					owner = 'bob'                 | owner_id was 'ann', is 'bob'
					email = NULL                  | owner_email was 'ann@example.org', is null
					owner_state = 'missing'       | owner_state was ok, is missing
					project = 'p2'                | project_id was 'p1', is 'p2'
					kind = 'system'               | kind was 'team', is 'system'
					made = '2026-01-02Z'          | created_at was 2026-01-01T00:00:00Z, is 2026-01-02T00:00:00Z
					used = '2026-11-22Z'          | last_used_at was null, is 2026-11-22T00:00:00Z
					ends = '2027-01-01Z'          | expires_at was null, is 2027-01-01T00:00:00Z
					state = 'disabled'            | status was active, is disabled
					state = 'paused'              | the key cannot be read as a key any more: status 'paused' is not one of active, disabled, expired
					state = 'hidden'              | the key is not shown any more
					owner = E'b\\u202Eob', kind = 'robot' | owner_id was 'ann', is 'b\\u202Eob'; kind was 'team', is 'robot'
					""")
	void whateverElseThanItWasReadIsSaidAndTheKeyIsLeftAlone(String change, String expected) {
		this.database.jdbc().sql("UPDATE k SET " + change).update();
		String before = row();
		String blind = OFF.replace(" AND state = 'active' AND used", " AND used")
			.replace("used IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)",
					"CAST(:last_used_at AS timestamptz) IS NULL");
		assertThat(keySwitch(blind, ON).disable(order(), this.undo::add)).isEqualTo(expected);
		assertThat(row()).isEqualTo(before);
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aSelectThatHidesWhatIsOffHidesNoChangeFromBefore() {
		this.database.jdbc().sql("UPDATE k SET kind = 'system', owner = 'bob'").update();
		TestSource source = source(OFF, ON, SELECT.replace("state <> 'hidden'", "state = 'active'"));
		assertThat(source.load().keySwitch(Set.of()).disable(order(), this.undo::add))
			.isEqualTo("owner_id was 'ann', is 'bob'; kind was 'team', is 'system'");
		assertThat(state()).isEqualTo("active");
	}

	@ParameterizedTest(name = "hidden afterwards: {0}")
	@ValueSource(booleans = { false, true })
	void aDisableThatDeletesIsRefusedAndTheKeyIsThere(boolean archive) {
		this.database.jdbc().sql("CREATE TABLE gone (LIKE k)").update();
		String delete = "DELETE FROM k WHERE id = :key_id AND used IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)"
				+ " RETURNING *";
		String disable = archive ? "WITH d AS (" + delete + ") INSERT INTO gone SELECT * FROM d RETURNING *"
				: delete.replace("*", "id, owner");
		String restore = "INSERT INTO k (id, owner, state) SELECT CAST(:key_id AS text), CAST(:owner AS text), 'active'";
		KeySwitch keySwitch = keySwitch(disable, restore);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add)))
			.startsWith("CONFIGURATION config/sources/x/disable.sql: deletes 1 row (public.k: 1); it was rolled back");
		assertThat(failure(() -> keySwitch.rehearse(order()))).contains("deletes 1 row");
		assertThat(state()).isEqualTo("active");
		assertThat(this.undo).isEmpty();
	}

	@Test
	void aDisableThatTakesOtherKeysAlongIsRolledBackUnlessTheDefinitionSaysSo() {
		others(6);
		String disable = "WITH other AS (UPDATE k SET state = 'disabled' WHERE id <> :key_id) " + OFF;
		assertThat(failure(() -> keySwitch(disable, ON).disable(order(), this.undo::add)))
			.startsWith("CONFIGURATION config/sources/x/disable.sql: updates 7 rows (public.k: 7) for one key, triggers"
					+ " included, and at most 1 may be; it was rolled back")
			.endsWith("say disable.rows: 7 in source.yaml");
		assertThat(this.database.jdbc().sql("SELECT count(*) FROM k WHERE state = 'active'").query(Long.class).single())
			.isEqualTo(7);
		KeySwitch several = source(disable, ON, SELECT, "rows: 7").load().keySwitch(Set.of());
		assertThat(failure(() -> several.disable(order(), this.undo::add)))
			.startsWith("CONFIGURATION config/sources/x/disable.sql: switches 6 other keys too, by what"
					+ " config/sources/x/select.sql shows; it was rolled back");
		String note = disable.replace("state = 'disabled' WHERE id <>", "email = 'x' WHERE id <>");
		assertThat(source(note, ON, SELECT, "rows: 7").load().keySwitch(Set.of()).disable(order(), this.undo::add))
			.isNull();
	}

	/**
	 * Such as the row of a service account. One row is one update, however many keys hang
	 * on it.
	 */
	@Test
	void aRowOnWhichSeveralKeysHangIsNotSwitchedForOneOfThem() {
		others(3);
		this.database.jdbc().sql("""
				CREATE TABLE account (id text, state text, off_by bigint, off_at timestamptz);
				INSERT INTO account VALUES ('ann', 'active'), ('bob', 'active');
				UPDATE k SET owner = CASE WHEN id = 'other-3' THEN 'bob' ELSE 'ann' END
				""").update();
		String select = SELECT.replace("state AS status",
				"(SELECT a.state FROM account a WHERE a.id = owner) AS status");
		String of = "id = (SELECT owner FROM k WHERE k.id = :key_id)";
		TestSource source = source(
				OFF.replace("UPDATE k", "UPDATE account")
					.replace("id = :key_id", of)
					.replace("used IS NOT", "(SELECT used FROM k WHERE k.id = :key_id) IS NOT"),
				ON.replace("UPDATE k", "UPDATE account").replace("id = :key_id", of), select);
		KeySwitch keySwitch = source.load().keySwitch(Set.of());
		String expected = "disable.sql: switches 2 other keys too";
		assertThat(failure(() -> keySwitch.rehearse(order()))).contains(expected);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains(expected);
		assertThat(this.undo).isEmpty();
		this.database.jdbc().sql("UPDATE k SET owner = 'bob' WHERE id <> 'k1'").update();
		assertThat(keySwitch.disable(order(), this.undo::add)).isNull();
	}

	@Test
	void whatOthersSwitchInThatMomentIsNotTakenForOurs() {
		others(3);
		this.database.jdbc().sql("CREATE SEQUENCE reading").update();
		String other = "id = 'other-1' AND nextval('reading') > 1";
		TestSource once = source(OFF, ON,
				SELECT.replace("state AS status", "CASE WHEN " + other + " THEN 'disabled' ELSE state END AS status"));
		assertThat(once.load().keySwitch(Set.of()).disable(order(), this.undo::add)).isNull();
		this.database.jdbc().sql("UPDATE k SET state = 'active', off_by = NULL, off_at = NULL").update();
		TestSource always = source(OFF, ON, SELECT.replace("state AS status",
				"CASE WHEN id = 'other-1' THEN 'x' || nextval('reading') ELSE state END AS status"));
		assertThat(failure(() -> always.load().keySwitch(Set.of()).disable(order(), this.undo::add)))
			.startsWith("RETRY ")
			.contains("other keys of the source were switched off or on by somebody else at the same time");
		assertThat(state()).isEqualTo("active");
	}

	/** A sequence, like dblink, does not roll back. */
	@ParameterizedTest(name = "disable.rows: {0}")
	@CsvSource(delimiter = '|', textBlock = """
			1 | disable.sql: the key is off although its change was rolled back
			0 | restore.sql: what it does stays done when it is rolled back
			""")
	void whatActsOutsideOfItsTransactionIsFoundByTheFirstRehearsal(int rows, String expected) {
		this.database.jdbc().sql("CREATE SEQUENCE off").update();
		String status = "CASE WHEN (SELECT last_value FROM off) > 1 THEN 'disabled' ELSE 'active' END AS status";
		TestSource source = source(
				"SELECT setval('off', 2) FROM k WHERE id = :key_id AND used IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)",
				"SELECT setval('off', 1) FROM k WHERE id = :key_id AND :run_id > 0",
				SELECT.replace("state AS status", status), "rows: " + rows);
		KeySwitch keySwitch = source.load().keySwitch(Set.of());
		assertThat(failure(() -> keySwitch.rehearse(order()))).startsWith("CONFIGURATION ").contains(expected);
	}

	@Test
	void whatBecameOfAChangeIsAskedOfItsTransaction() {
		KeySwitch keySwitch = keySwitch(OFF, ON);
		List<String> during = new ArrayList<>();
		assertThat(keySwitch.disable(order(), (undo) -> {
			this.undo.add(undo);
			during.add(failure(() -> keySwitch.fate(undo)));
		})).isNull();
		assertThat(during).singleElement()
			.asString()
			.startsWith("RETRY the transaction that changes it is still open in its source");
		assertThat(keySwitch.fate(this.undo.get(0))).isEqualTo(Fate.COMMITTED);
		assertThat(keySwitch.restore(undo(), this.undo::add)).isTrue();
		assertThat(keySwitch.fate(this.undo.get(1))).isEqualTo(Fate.COMMITTED);
		assertThat(keySwitch.isOn("k1")).isTrue();
		assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> keySwitch.disable(order(), (undo) -> {
			this.undo.add(undo);
			throw new IllegalStateException();
		}));
		assertThat(keySwitch.fate(this.undo.get(2))).isEqualTo(Fate.ROLLED_BACK);
		assertThat(keySwitch.fate("{}")).isEqualTo(Fate.UNKNOWN);
		assertThat(keySwitch.fate(this.undo.get(2).replaceAll("/(\\d+)\"", "/99$1\""))).isEqualTo(Fate.UNKNOWN);
		assertThat(keySwitch.fate(this.undo.get(2).replaceAll("\"(\\d+)/", "\"1$1/"))).isEqualTo(Fate.UNKNOWN);
	}

	/** A process that is stopped in the middle must not keep a customer's row locked. */
	@Test
	void theSourceEndsATransactionThatIsNotGoneOnWith() {
		assertThat(keySwitch(OFF + ", current_setting('idle_in_transaction_session_timeout') AS idle", ON)
			.disable(order(), this.undo::add)).isNull();
		assertThat(this.undo.get(0)).contains("\"idle\":\"30s\"");
	}

	@Test
	void aMarkThatRestoreSqlDoesNotCompareIsNone() {
		KeySwitch keySwitch = keySwitch(OFF.replace("RETURNING off_at", "RETURNING 'active' AS old"),
				"UPDATE k SET state = :old WHERE id = :key_id AND state = 'disabled'");
		assertThat(failure(keySwitch::probe)).contains("restore.sql: compares neither :run_id nor anything");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource({ "AFTER, ", "CONSTRAINT, DEFERRABLE INITIALLY DEFERRED" })
	void aTriggerThatTakesOtherKeysAlongIsCountedEvenIfItWaitsForTheCommit(String kind, String when) {
		others(6);
		this.database.jdbc().sql("""
				CREATE FUNCTION others() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN UPDATE k SET state = 'disabled' WHERE id <> 'k1' AND state = 'active'; RETURN NULL; END $$;
				CREATE %s TRIGGER others AFTER UPDATE ON k %s FOR EACH ROW WHEN (NEW.id = 'k1')
				EXECUTE FUNCTION others()
				""".formatted(kind.equals("AFTER") ? "" : kind, (when != null) ? when : "")).update();
		assertThat(failure(() -> keySwitch(OFF, ON).disable(order(), this.undo::add)))
			.contains("disable.sql: updates 7 rows (public.k: 7) for one key");
		assertThat(this.database.jdbc().sql("SELECT count(*) FROM k WHERE state = 'active'").query(Long.class).single())
			.isEqualTo(7);
	}

	@Test
	void aTriggerThatEmptiesATableIsNoticedAlthoughNobodyCountsIt() {
		this.database.jdbc().sql("CREATE TABLE session AS SELECT 'k1' AS key_id").update();
		this.database.jdbc()
			.sql("""
					CREATE FUNCTION empty() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN TRUNCATE session; RETURN NULL; END $$;
					CREATE TRIGGER empty AFTER UPDATE ON k FOR EACH ROW EXECUTE FUNCTION empty()
					""")
			.update();
		assertThat(failure(() -> keySwitch(OFF, ON).disable(order(), this.undo::add)))
			.contains("disable.sql: empties, drops or alters session; it was rolled back");
	}

	@Test
	void anAuditTrailMayBeWritten() {
		this.database.jdbc().sql("""
				CREATE TABLE audit (at timestamptz DEFAULT now(), id text);
				CREATE FUNCTION audit() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN INSERT INTO audit (id) VALUES (NEW.id); RETURN NULL; END $$;
				CREATE TRIGGER audit AFTER UPDATE ON k FOR EACH ROW EXECUTE FUNCTION audit()
				""").update();
		assertThat(keySwitch(OFF, ON).rehearse(order())).isNull();
		assertThat(keySwitch(OFF, ON).disable(order(), this.undo::add)).isNull();
		assertThat(this.database.jdbc().sql("SELECT count(*) FROM audit").query(Long.class).single()).isEqualTo(1);
	}

	@Test
	void whereNobodyCountsNothingIsDisabled() {
		TestSource source = source(OFF, ON, SELECT);
		String url = this.database.url();
		KeySwitch keySwitch = source
			.load(url + (url.contains("?") ? "&" : "?") + "options=-c%20track_counts=off", this.database.username(),
					this.database.password())
			.keySwitch(Set.of());
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains("track_counts is off");
		assertThat(state()).isEqualTo("active");
	}

	@Test
	void aTriggerThatSwallowsTheUpdateIsNotAKeyThatWasUsed() {
		this.database.jdbc().sql("""
				CREATE FUNCTION swallow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$;
				CREATE TRIGGER swallow BEFORE UPDATE ON k FOR EACH ROW EXECUTE FUNCTION swallow()
				""").update();
		assertThat(failure(() -> keySwitch(OFF, ON).disable(order(), this.undo::add)))
			.startsWith("CONFIGURATION config/sources/x/disable.sql: changed no row, although"
					+ " config/sources/x/select.sql shows the key as it was read");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|', textBlock = """
			, kind = 'off'        | kind was 'team', is 'off'
			, owner = NULL        | owner_id was 'ann', is null
			, used = now()        | last_used_at was null, is
			""")
	void aDisableThatChangesMoreThanWhetherTheKeyIsOnIsRolledBack(String more, String expected) {
		assertThat(failure(() -> keySwitch(OFF.replace("state = 'disabled'", "state = 'disabled'" + more), ON)
			.disable(order(), this.undo::add)))
			.contains("disable.sql: changes more than whether the key is on: " + expected);
		assertThat(state()).isEqualTo("active");
	}

	@ParameterizedTest(name = "{0}")
	@CsvSource(delimiter = '|',
			textBlock = """
					off_at = CAST(:off_at AS timestamptz) - interval '1 s' | changed no row for a key that disable.sql has just switched off
					off_by = :run_id + 1                                    | changed no row for a key that disable.sql has just switched off
					off_by = :run_id                                        | updates 2 rows
					""")
	void aKeyWhoseWayBackWasNotJustWalkedIsNotDisabled(String where, String expected) {
		others(1);
		String on = ON.replace("off_at = CAST(:off_at AS timestamptz)", "CAST(:off_at AS timestamptz) IS NOT NULL")
			.replace("off_by = :run_id", where)
			.replace(" RETURNING id", " ");
		KeySwitch keySwitch = keySwitch(OFF, expected.startsWith("updates") ? also(on) : on);
		assertThat(failure(() -> keySwitch.disable(order(), this.undo::add))).contains("restore.sql: ")
			.contains(expected);
		assertThat(state()).isEqualTo("active");
		assertThat(this.undo).isEmpty();
	}

	private static String also(String restore) {
		return "WITH o AS (UPDATE k SET owner = 'eve' WHERE id <> :key_id) " + restore;
	}

	@Test
	void anUndoThatForgetsWhatWasThereIsNotStored() {
		Instant end = Instant.parse("2027-01-01T00:00:00Z");
		this.database.jdbc().sql("UPDATE k SET ends = '2027-01-01Z'").update();
		KeySwitch keySwitch = keySwitch(OFF.replace("state = 'disabled'", "ends = clock_timestamp()"),
				ON.replace("state = 'active'", "ends = NULL"));
		assertThat(failure(
				() -> keySwitch.disable(new Order(read(KeyStatus.ACTIVE, "team", end), 7, AS_OF), this.undo::add)))
			.contains(
					"restore.sql: changes more than whether the key is on: expires_at was 2027-01-01T00:00:00Z, is null");
		assertThat(this.undo).isEmpty();
	}

	/**
	 * Of each recipe the times are such that the key may look on within the transaction.
	 */
	@ParameterizedTest(name = "{0}, ends = {1}, {2}")
	@CsvSource(delimiter = '|', textBlock = """
			timestamptz(3) | now()             | ends <= clock_timestamp()
			timestamptz(0) | now()             | ends <= now()
			timestamptz(0) | clock_timestamp() | ends <= now()
			timestamptz    | clock_timestamp() | ends <= now()
			timestamptz    | clock_timestamp() | false
			""")
	void anExpiryIsASwitchWhateverTheColumnRoundsToAndWhicheverClockTheSelectAsks(String type, String time,
			String expired) {
		this.database.jdbc().sql("ALTER TABLE k ALTER ends TYPE " + type).update();
		TestSource source = source(OFF.replace("state = 'disabled'", "ends = " + time),
				ON.replace("state = 'active'", "ends = NULL"),
				SELECT.replace("state AS status", "CASE WHEN " + expired + " THEN 'expired' ELSE state END AS status"));
		KeySwitch keySwitch = source.load().keySwitch(Set.of());
		assertThat(keySwitch.rehearse(order())).isNull();
		assertThat(keySwitch.disable(order(), this.undo::add)).isNull();
		assertThat(keySwitch.disabledBy(undo())).isTrue();
		assertThat(keySwitch.restore(undo(), (receipt) -> {
		})).isTrue();
		assertThat(this.database.jdbc().sql("SELECT ends IS NULL FROM k").query(Boolean.class).single()).isTrue();
	}

	@Test
	void anExpiryAloneIsASwitchWhereThereIsNoStatus() {
		TestSource source = source(OFF.replace("state = 'disabled'", "ends = now()"),
				ON.replace("state = 'active'", "ends = NULL"), SELECT.replace(", state AS status", ""));
		assertThat(source.load().keySwitch(Set.of()).disable(order(), this.undo::add)).isNull();
		source = source(OFF.replace("state = 'disabled'", "ends = now() + interval '1 hour'"),
				ON.replace("state = 'active'", "ends = NULL"), SELECT.replace(", state AS status", ""));
		this.database.jdbc().sql("UPDATE k SET ends = NULL, off_by = NULL").update();
		KeySwitch later = source.load().keySwitch(Set.of());
		assertThat(failure(() -> later.disable(order(), this.undo::add))).contains("still shows the key as active");
	}

	@Test
	void aRestoreThatDeletesOrTakesOthersAlongIsRolledBack() {
		others(2);
		assertThat(keySwitch(OFF, ON).disable(order(), this.undo::add)).isNull();
		assertThat(failure(() -> keySwitch(OFF, also(ON)).restore(undo(), (receipt) -> {
		}))).contains("restore.sql: updates 3 rows");
		assertThat(failure(() -> keySwitch(OFF, "WITH d AS (DELETE FROM k WHERE id <> :key_id) " + ON).restore(undo(),
				(receipt) -> {
				})))
			.contains("restore.sql: deletes 2 rows");
		assertThat(failure(() -> keySwitch(OFF, ON.replace("state = 'active'", "state = 'active', owner = 'eve'"))
			.restore(undo(), (receipt) -> {
			}))).contains("restore.sql: changes more than whether the key is on: owner_id was 'ann', is 'eve'");
		assertThat(state()).isEqualTo("disabled");
	}

	@ParameterizedTest
	@ValueSource(strings = { "bigint", "uuid" })
	void aKeyIdThatIsNoTextIsCastAsTheRecipeSays(String type) {
		String id = type.equals("bigint") ? "42" : "0b8ac3d6-7c2f-4bbe-9e0b-1c8a5f1f2d3e";
		this.database.jdbc().sql("UPDATE k SET id = :id").param("id", id).update();
		this.database.jdbc().sql("ALTER TABLE k ALTER id TYPE " + type + " USING id::" + type).update();
		String cast = "id = CAST(:key_id AS " + type + ")";
		KeySwitch keySwitch = keySwitch(OFF.replace("id = :key_id", cast), ON.replace("id = :key_id", cast));
		keySwitch.probe();
		KeyRecord key = new KeyRecord(new KeyId("x", id), null, null, READ.project(), READ.owner(), MADE,
				Usage.NEVER_USED, null, KeyStatus.ACTIVE, "team", null, null, null);
		assertThat(keySwitch.rehearse(new Order(key, 7, AS_OF))).isNull();
		assertThat(keySwitch.disable(new Order(key, 7, AS_OF), this.undo::add)).isNull();
		assertThat(state()).isEqualTo("disabled");
	}

	@Test
	void aRehearsalLeavesNothingBehind() {
		String before = row();
		assertThat(keySwitch(OFF, ON).rehearse(order())).isNull();
		assertThat(row()).isEqualTo(before);
	}

	private void others(int count) {
		this.database.jdbc()
			.sql("INSERT INTO k (id, state) SELECT 'other-' || n, 'active' FROM generate_series(1, :count) n")
			.param("count", count)
			.update();
	}

	private String row() {
		return this.database.jdbc().sql("SELECT k::text FROM k WHERE id = 'k1'").query(String.class).single();
	}

	private KeySwitch keySwitch(String disable, String restore) {
		return source(disable, restore, SELECT).load().keySwitch(Set.of());
	}

	private TestSource source(String disable, String restore, String select) {
		return source(disable, restore, select, "effective-within: 0");
	}

	private TestSource source(String disable, String restore, String select, String setting) {
		TestSource source = TestSource.create(this.database,
				TestSource.YAML + "disable: { reversible: true, " + setting + " }\n", select);
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

	private static Order order() {
		return new Order(READ, 7, AS_OF);
	}

	private Undo undo() {
		return new Undo("k1", 7, AS_OF, this.undo.isEmpty() ? null : this.undo.get(0));
	}

	private static KeyRecord read(KeyStatus status, String kind, @Nullable Instant end) {
		return new KeyRecord(new KeyId("x", "k1"), null, null, new Project("p1", null, null),
				new Owner("ann", null, "ann@example.org", OwnerState.OK), MADE, Usage.NEVER_USED, end, status, kind,
				null, null, null);
	}

	private String state() {
		return this.database.jdbc()
			.sql("SELECT state FROM k WHERE id::text NOT LIKE 'other%'")
			.query(String.class)
			.single();
	}

}
