package io.keysteward.disabling;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs that may disable.
 */
class DisablingTests {

	private final ArmedRegister armed;

	DisablingTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
	}

	@Test
	void aReportRunSaysWhatItWouldDisableAndDisablesNothing() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		assertThat(this.armed.run()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE WOULD_DISABLE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void withBothKeysWhatIsDueIsDisabledAndNothingElse() {
		this.armed.dead("dead").dead("unwarned").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED", "unwarned HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("disabled");
		assertThat(this.armed.status("unwarned")).isEqualTo("active");
		assertThat(this.armed.status("alive-1")).isEqualTo("active");
	}

	@Test
	void aKeyThatItsSourceRefusesToSwitchOffNeedsAPersonAndIsSaidOnce() {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("dead-1").dead("dead-2");
		// The longest unused is the one with which disabling is rehearsed.
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = last_used_at - interval '9 days' WHERE id = 'dead-1'")
			.update();
		this.armed.watched().warnedTwice("dead-1").warnedTwice("dead-2");
		this.armed.register.keys().sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE ''it is needed''; END';
				CREATE TRIGGER refuse BEFORE UPDATE ON api_key FOR EACH ROW WHEN (NEW.id = 'dead-2')
				EXECUTE FUNCTION refuse()
				""").update();
		assertThat(this.armed.run("--disable")).isEqualTo(6);
		assertThat(this.armed.register.err()).hasLineCount(1)
			.contains("run tonight is complete, but 1 of 2 due keys could not be disabled: ", "it is needed",
					"the sheet Actions says why of each, and the next run decides anew");
		assertThat(this.armed.actions()).containsExactly("dead-1 DUE DISABLED", "dead-2 DUE FAILED");
		assertThat(this.armed.register.governance()
			.sql("SELECT failure FROM keysteward.key_action WHERE outcome = 'FAILED'")
			.query(String.class)
			.single()).isEqualTo("STAYS");
		assertThat(this.armed.run("--disable")).isEqualTo(5);
	}

	/** Planned before midnight, and the freeze begins at midnight. */
	@Test
	void aKeyThatWasDueIsHeldOnceTheWindowHasClosed() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		LocalDate tomorrow = LocalDate.ofInstant(this.armed.now, ZoneOffset.UTC).plusDays(1);
		this.armed.register.set("keysteward.disable.window.freeze[0].from", tomorrow.toString())
			.set("keysteward.disable.window.freeze[0].to", tomorrow.plusDays(1).toString())
			.clock(new ClockOfTomorrowOnceItIsPlanned(this.armed.register.governance()));
		assertThat(this.armed.run("--disable", "--accept-policy-change")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD WINDOW");
		assertThat(this.armed.status("dead")).isEqualTo("active");
		assertThat(this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE decision = 'HELD' AND held_by = 'WINDOW'")
			.query(String.class)
			.single()).isEqualTo("On " + tomorrow + " (Z) nothing is disabled: a freeze.");
	}

	/** The source's server is about to commit what a process has sent that is gone. */
	@Test
	void aChangeThatIsStillUnderWayIsLeftOpenAndSettledOnceItIsDone() throws SQLException {
		this.armed.dead("dead").dead("rehearsed").watched().warnedTwice("dead");
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = last_used_at - interval '9 days' WHERE id = 'rehearsed'")
			.update();
		this.armed.register.keys().sql("""
				CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN RAISE ''not now'' USING ERRCODE = ''57014''; END';
				CREATE TRIGGER refuse BEFORE UPDATE ON api_key FOR EACH ROW WHEN (NEW.id = 'dead')
				EXECUTE FUNCTION refuse()
				""").update();
		assertThat(this.armed.run("--disable")).isEqualTo(1);
		this.armed.register.keys().sql("DROP TRIGGER refuse ON api_key").update();
		try (Connection source = this.armed.register.keysDatabase().dataSource().getConnection();
				Statement statement = source.createStatement()) {
			source.setAutoCommit(false);
			statement
				.execute("UPDATE api_key SET status = 'disabled', disabled_by_run = 5, disabled_at = clock_timestamp()"
						+ " WHERE id = 'dead'");
			String undo = text(statement,
					"""
							SELECT jsonb_build_object('disabled_at', disabled_at::text, 'keysteward.commit',
							           (SELECT system_identifier FROM pg_control_system()) || '/'
							               || left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) || '/' || txid_current())::text
							FROM api_key WHERE id = 'dead'
							""");
			long run = this.armed.register.governance().sql("""
					UPDATE keysteward.key_action SET decision = 'DUE', held_by = NULL, closed_gates = '{}',
					       failure = NULL, intended_at = now(), undo = :undo::jsonb
					WHERE key_id = 'dead' AND failure = 'MAY_PASS' RETURNING run_id
					""").param("undo", undo).query(Long.class).single();
			statement.execute("UPDATE api_key SET disabled_by_run = " + run + " WHERE id = 'dead'");
			assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isEqualTo(1);
			assertThat(this.armed.actions()).containsExactly("dead DUE", "rehearsed HELD LEVEL,NOTICE");
			source.commit();
		}
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED", "rehearsed HELD LEVEL,NOTICE");
	}

	private static String text(Statement statement, String sql) throws SQLException {
		try (ResultSet row = statement.executeQuery(sql)) {
			row.next();
			return row.getString(1);
		}
	}

	private static final class ClockOfTomorrowOnceItIsPlanned extends Clock {

		private final JdbcClient governance;

		private ClockOfTomorrowOnceItIsPlanned(JdbcClient governance) {
			this.governance = governance;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

		@Override
		public Instant instant() {
			boolean planned = this.governance.sql("""
					SELECT EXISTS (SELECT FROM keysteward.key_action JOIN keysteward.run USING (run_id)
					               WHERE run_key = 'tonight' AND decision = 'DUE' AND key_id = 'dead')
					""").query(Boolean.class).single();
			return planned ? Instant.now().plus(Duration.ofDays(1)) : Instant.now();
		}

	}

	@Test
	void whoHasInheritedAKeySinceHasNotBeenTold() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys()
			.sql("INSERT INTO account (id, name, email) VALUES ('v', 'Bo', 'bo@example.com')")
			.update();
		this.armed.register.keys().sql("UPDATE api_key SET owner_id = 'v' WHERE id = 'dead'").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
	}

	@Test
	void aKeyWhoseSourceForgetsAUseIsNotDisabledThoughFewAre() {
		this.armed.dead("dead")
			.dead("forgotten")
			.dead("set-back")
			.watched()
			.warnedTwice("dead")
			.warnedTwice("forgotten")
			.warnedTwice("set-back");
		this.armed.register.keys().sql("UPDATE api_key SET last_used_at = NULL WHERE id = 'forgotten'").update();
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = last_used_at - interval '1 day' WHERE id = 'set-back'")
			.update();
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED", "forgotten HELD LEVEL",
				"set-back HELD LEVEL");
		assertThat(this.armed.status("forgotten")).isEqualTo("active");
		assertThat(this.armed.register.governance()
			.sql("SELECT DISTINCT detail || coalesce(due_at::text, '') || coalesce(next_notice, '') FROM keysteward.key_action"
					+ " WHERE held_by = 'LEVEL' AND run_id = (SELECT max(run_id) FROM keysteward.run)")
			.query(String.class)
			.list()).containsExactly(
					"Its source shows an older last use than an earlier reading has seen, or none: what it says of"
							+ " the key's use is not to be relied on.");
	}

	@Test
	void aWarningOfARunThatWasSetAsideDoesNotCount() {
		this.armed.dead("dead").watchedAnew().warnedTwice("dead");
		this.armed.register.governance()
			.sql("UPDATE keysteward.notice SET run_id = (SELECT max(run_id) FROM keysteward.run) WHERE message_id LIKE 'WARNING20%'")
			.update();
		assertThat(this.armed.register.execute("runs", "--set-aside=before-3", "--reason=its clock was wrong"))
			.as(this.armed.register.err())
			.isZero();
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
	}

	@Test
	void oneKeyDoesNotArm() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.set("keysteward.disable.armed", "false");
		assertThat(this.armed.run("--disable")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("keysteward.disable.armed is not true").hasLineCount(1);
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void whatARunDisabledIsRestoredInOneCommandAndStartsAtTheFirstWarning() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.register.execute("restore", "--run-key=tonight")).isZero();
		assertThat(this.armed.register.out()).contains("console/dead: RESTORED", "1 of 1 key is on again");
		assertThat(this.armed.status("dead")).isEqualTo("active");
		assertThat(this.armed.register.execute("restore", "--run-key=tonight")).isEqualTo(5);
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).isEqualTo(5);
		assertThat(this.armed.register.execute("run", "--run-key=next", "--disable")).isZero();
		assertThat(this.armed.register.governance().sql("""
				SELECT array_to_string(closed_gates, ',') FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'next'
				""").query(String.class).single()).isEqualTo("REENABLED,NOTICE");
	}

	@Test
	void aKeyThatItsOwnerChangedSinceIsNotRestored() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		this.armed.register.keys().sql("UPDATE api_key SET disabled_by_run = NULL WHERE id = 'dead'").update();
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).isEqualTo(6);
		assertThat(this.armed.register.out()).contains("console/dead: SKIPPED_CHANGED");
		assertThat(this.armed.status("dead")).isEqualTo("disabled");
	}

	@Test
	void aRestoreOfWhatWasNeverDisabledSaysSo() {
		this.armed.dead("dead").watched();
		assertThat(this.armed.register.execute("restore", "--run-key=nothing")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("there is no run 'nothing'").hasLineCount(1);
		assertThat(this.armed.register.execute("restore", "--run-key=before-3")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("run 'before-3' disabled nothing").hasLineCount(1);
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("has not disabled key 'console/dead'").hasLineCount(1);
		assertThat(this.armed.register.execute("restore", "--key=dead")).isEqualTo(2);
		assertThat(this.armed.register.execute("restore")).isEqualTo(2);
		assertThat(this.armed.register.execute("restore", "--key=console/dead", "--run-key=before-3")).isEqualTo(2);
	}

	@Test
	void overTheBreakerNothingAtAllIsDisabledAndTheRunSaysSo() {
		this.armed.dead("dead-1")
			.dead("dead-2")
			.dead("dead-3")
			.watched()
			.warnedTwice("dead-1")
			.warnedTwice("dead-2")
			.warnedTwice("dead-3");
		this.armed.register.set("keysteward.disable.max-keys", "2");
		assertThat(this.armed.run("--disable", "--accept-policy-change")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead-1 HELD BREAKER", "dead-2 HELD BREAKER",
				"dead-3 HELD BREAKER");
		assertThat(this.armed.register.err()).contains("3 keys are due, and at most 2 may be disabled in a day");
		assertThat(this.armed.register.report("tonight")).isNotEmptyFile();
	}

	@Test
	void theBoundsAreNotGotAroundByOneMoreRun() {
		this.armed.dead("dead-1").dead("dead-2");
		this.armed.register.set("keysteward.disable.max-keys", "1");
		this.armed.watched().warnedTwice("dead-1").warnedTwice("dead-2");
		this.armed.register.keys().sql("UPDATE api_key SET kind = 'system' WHERE id = 'dead-2'").update();
		assertThat(this.armed.run("--disable")).isZero();
		this.armed.register.keys().sql("UPDATE api_key SET kind = 'personal' WHERE id = 'dead-2'").update();
		assertThat(this.armed.register.execute("run", "--run-key=second", "--disable")).isEqualTo(3);
		assertThat(this.armed.register.err()).contains("2 keys are due, and at most 1 may be disabled in a day");
		assertThat(this.armed.status("dead-2")).isEqualTo("active");
	}

	@Test
	void theSameSourceInAnotherDatabaseIsHeldLikeAChangedPolicy() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		String url = this.armed.register.keysDatabase().url();
		this.armed.register.set("keysteward.sources[0].datasource.url", url.replace("localhost", "127.0.0.1"));
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead HELD POLICY");
	}

	@Test
	void anotherSchemaOfTheSameDatabaseIsHeldLikeAChangedPolicy() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys().sql("""
				CREATE SCHEMA elsewhere; GRANT USAGE ON SCHEMA elsewhere TO PUBLIC
				""").update();
		this.armed.register.set("keysteward.sources[0].datasource.url",
				this.armed.register.keysDatabase().in("elsewhere,public").url());
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead HELD POLICY");
	}

	@Test
	void anotherRoleIsHeldLikeAChangedPolicy() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys().sql("""
				DO $$ BEGIN CREATE ROLE another_disabler IN ROLE keysteward_disabler;
				EXCEPTION WHEN duplicate_object THEN NULL; END $$
				""").update();
		this.armed.register.source(0, "console", this.armed.register.keysDatabase().as("another_disabler"));
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead HELD POLICY");
	}

	@Test
	void nothingIsRestoredAtAPlaceThatNoRunHasRead() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		String url = this.armed.register.keysDatabase().url();
		this.armed.register.set("keysteward.sources[0].datasource.url", url.replace("localhost", "127.0.0.1"));
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).isEqualTo(1);
		assertThat(this.armed.register.out())
			.contains("console/dead: FAILED", "is at another place than its keys were read from, and was left alone")
			.contains(" at 127.0.0.1:", "; it was ", " at localhost:");
		assertThat(this.armed.status("dead")).isEqualTo("disabled");
		assertThat(this.armed.register.execute("run", "--run-key=moved")).isZero();
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).isZero();
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aChangedPolicyHoldsTheRunThatMeetsItFirst() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.set("keysteward.policy.idle.violation", "91d");
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead HELD POLICY");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aSourceInWhichNothingIsUsedAnyMoreIsNotBelieved() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys().sql("UPDATE api_key SET last_used_at = now() - interval '100 days'").update();
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).isNotEmpty().allMatch((action) -> action.contains("FRESH"));
		assertThat(this.armed.register.err()).contains("shows no sign of life");
	}

}
