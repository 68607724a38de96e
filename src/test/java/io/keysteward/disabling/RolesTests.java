package io.keysteward.disabling;

import java.nio.file.Path;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the roles of {@code roles.sql} and {@code grants.sql} may not do.
 */
class RolesTests {

	private final ArmedRegister armed;

	RolesTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
	}

	@ParameterizedTest
	@ValueSource(strings = { "DELETE FROM keysteward.key_action WHERE outcome = 'DISABLED'",
			"UPDATE keysteward.key_action SET outcome = 'FAILED' WHERE outcome = 'DISABLED'",
			"UPDATE keysteward.key_action SET undo = NULL WHERE outcome = 'DISABLED'",
			"UPDATE keysteward.key_action SET restored_by_run = run_id, key_id = 'other' WHERE outcome = 'DISABLED'",
			"TRUNCATE keysteward.key_action", "ALTER TABLE keysteward.key_action DISABLE TRIGGER keep_key_action",
			"DROP TRIGGER keep_key_action ON keysteward.key_action",
			"CREATE OR REPLACE FUNCTION keysteward.keep_key_action() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN OLD; END'",
			"SET session_replication_role = replica" })
	void whatWasDoneToAKeyCannotBeTakenBackByTheRoleThatRunsTheJob(String sql) {
		Register register = this.armed.register;
		disableOne();
		TestDatabase application = register.governanceDatabase().asApplication();
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> application.jdbc().sql(sql).update());
		assertThat(register.governance().sql("SELECT outcome FROM keysteward.key_action").query(String.class).list())
			.containsExactly("DISABLED");
	}

	@Test
	void notEvenAnAdministratorChangesItInPassing() {
		disableOne();
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.armed.register.governance().sql("DELETE FROM keysteward.key_action").update())
			.withMessageContaining("neither changed nor deleted");
	}

	@Test
	void aRoleThatHasLostTheRightDisablesAndWarnsNobodyAndTheReportSaysWhy() {
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys()
			.sql("REVOKE UPDATE (status, disabled_at, disabled_by_run) ON api_key FROM keysteward_disabler")
			.update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD KIND");
		assertThat(this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE held_by = 'KIND'")
			.query(String.class)
			.single()).contains("disable.sql: permission denied for table api_key", "grants.sql");
		assertThat(this.armed.status("dead")).isEqualTo("active");
		assertThat(this.armed.register.execute("run", "--run-key=reported")).isZero();
		assertThat(this.armed.register.governance()
			.sql("SELECT outcome FROM keysteward.key_action WHERE outcome IS NOT NULL")
			.query(String.class)
			.list()).containsExactly("WOULD_DISABLE");
	}

	@Test
	void checkSaysWhetherASourceMayDisable() {
		assertThat(this.armed.register.execute("check")).isZero();
		assertThat(this.armed.register.out())
			.contains("; may disable: rehearsed with key alive-1: disabled, restored, rolled back");
		assertThat(this.armed.status("alive-1")).isEqualTo("active");
		this.armed.register.set("keysteward.sources[0].datasource.username", "keysteward_reader");
		this.armed.register.keysDatabase().as("keysteward_reader");
		assertThat(this.armed.register.execute("check")).isEqualTo(2);
		assertThat(this.armed.register.out() + this.armed.register.err()).contains("disable.sql: permission denied");
		this.armed.register.set("keysteward.disable.armed", "false");
		assertThat(this.armed.register.execute("check")).isZero();
		assertThat(this.armed.register.out() + this.armed.register.err())
			.contains("could not disable as it is, and is not armed: ");
	}

	private void disableOne() {
		this.armed.register.governance()
			.sql("""
					WITH r AS (INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy_sha256, policy,
					                                       sources, narrowed, status)
					           VALUES ('r', now(), 'DISABLE', 'manual', 'me', '-', '{}', '{}', false, 'COMPLETE')
					           RETURNING run_id)
					INSERT INTO keysteward.key_action (run_id, source, key_id, action, decision, outcome, intended_at, done_at, undo)
					SELECT run_id, 'console', 'dead', 'DISABLE', 'DUE', 'DISABLED', now(), now(), '{}' FROM r
					""")
			.update();
	}

}
