package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.List;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Plans of keys that are due and held last as well, and end when their gate opens.
 */
class HeldPlansTests {

	private final ArmedRegister armed;

	HeldPlansTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
	}

	@BeforeEach
	void threeKeysAreDueAndOneMayBeDisabled() {
		this.armed.register.set("keysteward.disable.max-keys", "1");
		this.armed.dead("dead-1").dead("dead-2").dead("dead-3").watched();
		this.armed.warnedTwice("dead-1").warnedTwice("dead-2").warnedTwice("dead-3");
	}

	@Test
	void whatTheBreakerHoldsIsNotWrittenAgainAndSaysTheReasonOfEachRun() {
		run("first");
		List<String> written = written("dead-1");
		run("second", "--disable");
		use("dead-3");
		run("third", "--disable");
		assertThat(written("dead-1")).isEqualTo(written);
		assertThat(plans("first")).containsExactly("dead-1 HELD BREAKER 3 keys are due",
				"dead-2 HELD BREAKER 3 keys are due", "dead-3 HELD BREAKER 3 keys are due");
		assertThat(plans("second")).isEqualTo(plans("first"));
		assertThat(plans("third")).containsExactly("dead-1 HELD BREAKER 2 keys are due",
				"dead-2 HELD BREAKER 2 keys are due");
		assertThat(disabled()).isEmpty();
	}

	@Test
	void whereTheBreakerOpensTheKeysAreDueAndWhereItClosesTheyAreHeld() {
		run("held");
		use("dead-2");
		run("held-still");
		use("dead-3");
		run("open");
		List<String> written = written("dead-1");
		run("open-still");
		assertThat(written("dead-1")).isEqualTo(written);
		assertThat(plans("open-still")).containsExactly("dead-1 DUE WOULD_DISABLE");
		this.armed.register.set("keysteward.disable.max-keys", "0");
		run("held-again", "--disable", "--accept-policy-change");
		assertThat(plans("held-again")).containsExactly("dead-1 HELD BREAKER 1 key is due");
		assertThat(disabled()).isEmpty();
		this.armed.register.set("keysteward.disable.max-keys", "20");
		run("disabling", "--disable", "--accept-policy-change");
		assertThat(disabled()).containsExactly("dead-1");
		run("after", "--disable");
		assertThat(plans("after")).isEmpty();
		assertThat(plans("disabling")).containsExactly("dead-1 DUE DISABLED");
		assertThat(plans("open")).isEqualTo(plans("open-still"));
		assertThat(plans("held-still")).containsExactly("dead-1 HELD BREAKER 2 keys are due",
				"dead-3 HELD BREAKER 2 keys are due");
	}

	@Test
	void aKeyThatIsDueIsAPlanOfItsOwnRunWhereItMayBeDisabled() {
		use("dead-3");
		this.armed.register.set("keysteward.disable.max-keys", "20");
		run("would", "--accept-policy-change");
		run("disabling", "--disable");
		assertThat(governance("""
				SELECT r.run_key || ' ' || coalesce(a.until_run - a.run_id, 0)
				FROM keysteward.key_action a JOIN keysteward.run r USING (run_id)
				WHERE a.key_id = 'dead-1' AND r.run_key IN ('would', 'disabling') ORDER BY a.run_id
				""")).containsExactly("would 1", "disabling 0");
	}

	@Test
	void whatWaitsForADecisionIsDueAtEachAsOf() {
		this.armed.register.set("keysteward.disable.approval", "required");
		run("first", "--accept-policy-change");
		List<String> written = written("dead-1");
		run("second");
		run("third");
		assertThat(written("dead-1")).isEqualTo(written);
		assertThat(governance("""
				SELECT run_key || ' ' || (due_at = as_of) || ' ' || closed_gates::text
				FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
				WHERE key_id = 'dead-1' AND run_key IN ('first', 'second', 'third') ORDER BY r.run_id
				""")).containsExactly("first true {APPROVAL}", "second true {APPROVAL}", "third true {APPROVAL}");
	}

	@Test
	void aWarningThatDidNotGoOutIsSentByTheNextRunWithTheSamePlan() {
		governanceDoes("DELETE FROM keysteward.notice_key");
		governanceDoes("""
				CREATE FUNCTION keysteward.no_notice() RETURNS trigger LANGUAGE plpgsql AS
				'BEGIN RAISE EXCEPTION ''no notice''; END';
				CREATE TRIGGER no_notice BEFORE INSERT ON keysteward.notice
				FOR EACH ROW EXECUTE FUNCTION keysteward.no_notice()
				""");
		String asOf = "--as-of=" + this.armed.now;
		assertThat(this.armed.register.execute("run", "--run-key=first", asOf)).isNotIn(0, 3);
		governanceDoes("DROP TRIGGER no_notice ON keysteward.notice; DROP FUNCTION keysteward.no_notice()");
		run("second", asOf);
		assertThat(governance("SELECT run_key FROM keysteward.key_action JOIN keysteward.run USING (run_id)"
				+ " WHERE key_id = 'dead-1' AND next_notice = 'WARNING'"))
			.containsExactly("first");
		assertThat(governance(
				"""
						SELECT k.key_id || ' ' || (k.announced_at = a.due_at)
						FROM keysteward.notice n JOIN keysteward.notice_key k USING (notice_id) JOIN keysteward.run r USING (run_id)
						JOIN keysteward.key_action a ON a.key_id = k.key_id AND a.next_notice = 'WARNING'
						WHERE r.run_key = 'second' AND n.kind = 'WARNING' AND n.status = 'SENT' ORDER BY 1
						"""))
			.containsExactly("dead-1 true", "dead-2 true", "dead-3 true");
	}

	private void governanceDoes(String sql) {
		this.armed.register.governance().sql(sql).update();
	}

	private void run(String key, String... options) {
		String[] command = new String[options.length + 2];
		command[0] = "run";
		command[1] = "--run-key=" + key;
		System.arraycopy(options, 0, command, 2, options.length);
		assertThat(this.armed.register.execute(command)).as(this.armed.register.err()).isIn(0, 3);
	}

	private List<String> plans(String run) {
		return governance("""
				SELECT concat_ws(' ', a.key_id, a.decision, a.held_by, a.outcome, substring(a.detail FROM '^.* due'))
				FROM keysteward.run r CROSS JOIN LATERAL keysteward.actions_of(r.run_id) a
				WHERE r.run_key = '%s' ORDER BY a.key_id
				""".formatted(run)).stream().map(String::strip).toList();
	}

	/** All versions of the rows of a key's plans that last. */
	private List<String> written(String key) {
		return governance("""
				SELECT xmin::text || ctid FROM keysteward.key_action
				WHERE key_id = '%s' AND until_run = 9223372036854775807
				""".formatted(key));
	}

	private void use(String key) {
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = :now::timestamptz WHERE id = :key")
			.param("now", this.armed.ago(1))
			.param("key", key)
			.update();
	}

	private List<String> disabled() {
		return this.armed.register.keys()
			.sql("SELECT id FROM api_key WHERE status = 'disabled'")
			.query(String.class)
			.list();
	}

	private List<String> governance(String sql) {
		return this.armed.register.governance().sql(sql).query(String.class).list();
	}

}
