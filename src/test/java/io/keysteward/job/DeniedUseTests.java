package io.keysteward.job;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

import io.keysteward.DeniedColumns;
import io.keysteward.Register;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Refused attempts to use a key are remembered apart from its record, once for each
 * reading that sees a newer one; what names a key is a part of its record.
 */
class DeniedUseTests {

	private final Register register;

	private final Path directory;

	DeniedUseTests(@TempDir Path directory) {
		this.directory = directory;
		this.register = new Register(directory);
	}

	@BeforeEach
	void keys() {
		DeniedColumns.add(this.register, this.directory);
		this.register.key("tried", "2026-01-01", "2026-06-01T10:00:00Z")
			.key("other", "2026-01-01", "2026-06-01T10:00:00Z");
	}

	@Test
	void aReadingThatSeesANewerAttemptIsCountedAndWritesNoKeyAnew() {
		run("2026-06-02");
		deny("2026-06-02T12:00:00Z");
		run("2026-06-03");
		run("2026-06-04");
		deny("2026-06-04T12:00:00.123456Z");
		run("2026-06-05");
		assertThat(denials()).containsExactly("tried 2026-06-02 12:00:00 2026-06-03",
				"tried 2026-06-04 12:00:00.123456 2026-06-05");
		assertThat(records()).isEqualTo(2);
	}

	/** A log that forgets is no news, and what was seen stays known. */
	@Test
	void anAttemptThatItsSourceForgetsStaysKnown() {
		deny("2026-06-02T12:00:00Z");
		run("2026-06-03");
		deny(null);
		run("2026-06-04");
		deny("2026-06-01T12:00:00Z");
		run("2026-06-05");
		assertThat(denials()).containsExactly("tried 2026-06-02 12:00:00 2026-06-03");
		assertThat(shown("2026-06-05")).isEqualTo("2026-06-02 12:00:00");
	}

	@Test
	void everyKeptRunShowsWhatItHasSeen() {
		run("2026-06-02");
		deny("2026-06-02T12:00:00Z");
		run("2026-06-03");
		deny("2026-06-03T12:00:00Z");
		run("2026-06-04");
		assertThat(shown("2026-06-02")).isNull();
		assertThat(shown("2026-06-03")).isEqualTo("2026-06-02 12:00:00");
		assertThat(shown("2026-06-04")).isEqualTo("2026-06-03 12:00:00");
	}

	@Test
	void anotherKeyUnderTheSameIdWasNotTriedBefore() {
		deny("2026-06-02T12:00:00Z");
		run("2026-06-03");
		this.register.keys()
			.sql("UPDATE api_key SET created_at = '2026-06-04Z', last_used_at = NULL, last_denied_at = NULL"
					+ " WHERE id = 'tried'")
			.update();
		run("2026-06-05");
		assertThat(shown("2026-06-05")).isNull();
	}

	@Test
	void anAttemptIsNoUse() {
		deny("2026-11-01T12:00:00Z");
		run("2026-11-02");
		assertThat(this.register.governance()
			.sql("SELECT findings::text || ' ' || idle_days FROM keysteward.key_snapshot WHERE key_id = 'tried'")
			.query(String.class)
			.single()).isEqualTo("{IDLE} 153");
	}

	/** From a wrong clock nothing is remembered. */
	@Test
	void aTimeThatCannotBeRightIsADataErrorAndNotRemembered() {
		deny("2999-06-02T12:00:00Z");
		run("2026-06-03");
		assertThat(error()).contains("Last denied at 2999-06-02T12:00:00Z, which is after it was read");
		deny("1970-01-01T00:00:00Z");
		run("2026-06-04");
		assertThat(error()).contains("last_denied_at is 1970-01-01T00:00:00Z, before oldest-time");
		deny("2025-06-01T00:00:00Z");
		run("2026-06-05");
		assertThat(error()).contains("Last denied at 2025-06-01T00:00:00Z, before it was created at 2026-01-01");
		assertThat(denials()).containsExactly("tried 2025-06-01 00:00:00 2026-06-05");
	}

	@Test
	void whatAFailedReadingHasSeenDoesNotCount() {
		run("2026-06-02");
		deny("2026-06-02T12:00:00Z");
		this.register.governance()
			.sql("ALTER TABLE keysteward.run_source ADD CHECK (reading IS DISTINCT FROM 2)")
			.update();
		assertThat(this.register.execute("run", "--as-of=2026-06-03")).isNotZero();
		assertThat(denials()).isEmpty();
		run("2026-06-03");
		assertThat(denials()).containsExactly("tried 2026-06-02 12:00:00 2026-06-03");
	}

	@Test
	void whatARunHasSeenThatWasSetAsideIsNewsForTheNextOne() {
		run("2026-06-02");
		deny("2026-06-02T12:00:00Z");
		run("2026-06-03");
		assertThat(this.register.execute("runs", "--set-aside=2026-06-03", "--reason=by mistake"))
			.as(this.register.err())
			.isZero();
		run("2026-06-04");
		assertThat(denials()).containsExactly("tried 2026-06-02 12:00:00 2026-06-03",
				"tried 2026-06-02 12:00:00 2026-06-04");
	}

	@Test
	void whatNamesAKeyIsAPartOfItsRecord() {
		run("2026-06-02");
		DeniedColumns.refer(this.register.keys(), "tried", "pipeline 7");
		run("2026-06-03");
		run("2026-06-04");
		DeniedColumns.refer(this.register.keys(), "tried", "pipeline 8");
		run("2026-06-05");
		DeniedColumns.refer(this.register.keys(), "tried", null);
		run("2026-06-06");
		assertThat(this.register.governance()
			.sql("SELECT coalesce(referenced_by, '-') FROM keysteward.key_snapshot WHERE key_id = 'tried' ORDER BY run_id")
			.query(String.class)
			.list()).containsExactly("-", "pipeline 7", "pipeline 7", "pipeline 8", "-");
		assertThat(records()).isEqualTo(5);
	}

	/**
	 * A column that is not there is noted, so that nobody takes it for one without a
	 * value.
	 */
	@Test
	void theColumnsOfAReadingAreNoted() {
		run("2026-06-02");
		this.register.unset("keysteward.config-directory");
		run("2026-06-03");
		assertThat(this.register.governance()
			.sql("SELECT columns @> '{last_denied_at, referenced_by, key_id}' FROM keysteward.run_source ORDER BY run_id")
			.query(Boolean.class)
			.list()).containsExactly(true, false);
	}

	@Test
	void whatOnlyDroppedRunsHaveSeenIsDeletedButForTheNewest() {
		this.register.set("keysteward.inventory.keep", "7d");
		DeniedColumns.deny(this.register.keys(), "other", Instant.parse("2026-06-01T12:00:00Z"));
		for (int day = 11; day < 23; day++) {
			deny("2026-06-" + (day - 1) + "T12:00:00Z");
			run("2026-06-" + day);
		}
		assertThat(denials()).hasSize(9)
			.startsWith("other 2026-06-01 12:00:00 2026-06-11", "tried 2026-06-14 12:00:00 2026-06-15");
		assertThat(shown("2026-06-15")).isEqualTo("2026-06-14 12:00:00");
	}

	private void run(String asOf) {
		assertThat(this.register.execute("run", "--as-of=" + asOf)).as(this.register.err()).isZero();
	}

	private void deny(@Nullable String at) {
		DeniedColumns.deny(this.register.keys(), "tried", (at != null) ? Instant.parse(at) : null);
	}

	private List<String> denials() {
		return this.register.governance().sql("""
				SELECT concat_ws(' ', key_id, denied_at AT TIME ZONE 'UTC', run_key)
				FROM keysteward.key_denied JOIN keysteward.run ON run_id = seen_run ORDER BY key_id, reading
				""").query(String.class).list();
	}

	private @Nullable String shown(String runKey) {
		return this.register.governance()
			.sql("""
					SELECT (last_denied_at AT TIME ZONE 'UTC')::text FROM keysteward.key_snapshot JOIN keysteward.run USING (run_id)
					WHERE run_key = :run AND key_id = 'tried'
					""")
			.param("run", runKey)
			.query(String.class)
			.optional()
			.orElse(null);
	}

	private String error() {
		return this.register.governance()
			.sql("SELECT data_error FROM keysteward.key_snapshot WHERE key_id = 'tried' ORDER BY run_id DESC LIMIT 1")
			.query(String.class)
			.single();
	}

	private int records() {
		return this.register.governance()
			.sql("SELECT count(*) FROM keysteward.key_record")
			.query(Integer.class)
			.single();
	}

}
