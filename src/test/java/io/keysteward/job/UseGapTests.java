package io.keysteward.job;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The use of a key over time is kept as its gaps of at least fourteen days.
 */
class UseGapTests {

	private final Register register;

	UseGapTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@Test
	void aGapIsFromTheUseBeforeToTheNextOne() {
		this.register.key("gap", "2026-01-01", "2026-06-01T10:00:00Z")
			.key("short", "2026-01-01", "2026-06-01T10:00:01Z")
			.key("never", "2026-01-01", null);
		run("2026-06-02");
		run("2026-06-15T10:00:00Z");
		used("gap", "2026-06-15T10:00:01Z");
		used("short", "2026-06-15T10:00:01Z");
		used("never", "2026-06-15T10:00:01Z");
		run("2026-06-16");
		run("2026-08-31");
		used("gap", "2026-09-01T10:00:00Z");
		run("2026-09-02");
		run("2026-09-03");
		assertThat(gaps()).containsExactly("gap 2026-06-01 10:00:00 2026-06-15 10:00:01 2026-06-16",
				"gap 2026-06-15 10:00:01 2026-09-01 10:00:00 2026-09-02");
	}

	@Test
	void whereNobodyLookedThereIsNoGap() {
		this.register.key("busy", "2026-01-01", "2026-06-01T10:00:00Z").key("elsewhere", "2026-01-01", null);
		this.register.keys().sql("INSERT INTO project (id, name) VALUES ('other', 'Other')").update();
		this.register.keys().sql("UPDATE api_key SET project_id = 'other' WHERE id = 'elsewhere'").update();
		run("2026-06-02");
		used("busy", "2026-07-01T10:00:00Z");
		assertThat(this.register.execute("run", "--run-key=narrowed", "--project=other", "--as-of=2026-06-30"))
			.isZero();
		run("2026-07-02");
		assertThat(gaps()).isEmpty();
	}

	@Test
	void anotherKeyUnderTheSameIdHasNoGapOfTheOneBefore() {
		this.register.key("k", "2026-01-01", "2026-06-01T10:00:00Z");
		run("2026-06-02");
		run("2026-07-01");
		this.register.keys()
			.sql("UPDATE api_key SET created_at = '2026-07-01Z', last_used_at = '2026-07-02Z' WHERE id = 'k'")
			.update();
		run("2026-07-03");
		assertThat(gaps()).isEmpty();
	}

	@Test
	void whatAFailedReadingHasSeenIsNoGapUntilItIsReadToItsEnd() {
		this.register.key("k", "2026-01-01", "2026-06-01T10:00:00Z");
		run("2026-06-02");
		run("2026-07-31");
		used("k", "2026-08-01T10:00:00Z");
		this.register.governance().sql("ALTER TABLE keysteward.key_record_now ADD CHECK (reading < 3)").update();
		assertThat(this.register.execute("run", "--as-of=2026-08-02")).isNotZero();
		assertThat(gaps()).isEmpty();
		this.register.governance()
			.sql("ALTER TABLE keysteward.key_record_now DROP CONSTRAINT key_record_now_reading_check")
			.update();
		run("2026-08-02");
		run("2026-08-03");
		assertThat(gaps()).containsExactly("k 2026-06-01 10:00:00 2026-08-01 10:00:00 2026-08-02");
	}

	private void run(String asOf) {
		assertThat(this.register.execute("run", "--as-of=" + asOf)).as(this.register.err()).isZero();
	}

	private void used(String id, String at) {
		this.register.keys()
			.sql("UPDATE api_key SET last_used_at = :at::timestamptz WHERE id = :id")
			.param("at", at)
			.param("id", id)
			.update();
	}

	private List<String> gaps() {
		return this.register.governance().sql("""
				SELECT concat_ws(' ', key_id, from_at AT TIME ZONE 'UTC', to_at AT TIME ZONE 'UTC', run_key)
				FROM keysteward.key_use_gap JOIN keysteward.run ON run_id = seen_run ORDER BY key_id, to_at
				""").query(String.class).list();
	}

}
