package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Many owners are not warned at once, unless somebody says that this is meant.
 */
class WarningBrakeTests {

	private final ArmedRegister armed;

	private final Register register;

	WarningBrakeTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
		this.register = this.armed.register;
	}

	@ParameterizedTest
	@CsvSource({ "max-percent,39,The owners of 2 of 5 active keys of source console would be warned for the first time",
			"max-percent,0,The owners of 2 of 5 active keys of source console would be warned for the first time",
			"max-owners,0,1 owners would be warned for the first time, and at most 0 may be in one run" })
	void overEitherBoundNobodyIsWarnedAndTheRunSaysSo(String bound, String value, String why) {
		night(bound, value);
		assertThat(this.armed.run()).isEqualTo(3);
		assertThat(this.register.err()).contains("run tonight is complete, but no owner was warned: " + why)
			.contains("If they are meant, start the next run with --accept-warnings.")
			.doesNotContain("disabling was held")
			.hasLineCount(1);
		assertThat(mails()).isEmpty();
		assertThat(texts("SELECT DISTINCT concat(due_at, next_notice, outcome) FROM keysteward.key_action"
				+ " JOIN keysteward.run USING (run_id) WHERE run_key = 'tonight'"))
			.containsExactly("");
		assertThat(texts("SELECT gate || detail FROM keysteward.run_hold JOIN keysteward.run USING (run_id)"
				+ " WHERE run_key = 'tonight'"))
			.singleElement()
			.asString()
			.startsWith("WARNINGS" + why);
	}

	@Test
	void atBothBoundsOwnersAreWarned() {
		this.register.set("keysteward.notices.max-owners", "1");
		night("max-percent", "40");
		assertThat(this.armed.run()).as(this.register.err()).isZero();
		assertThat(mails()).containsExactly("WARNING 2");
	}

	@Test
	void whatIsMeantIsLetThroughOnceAndIsNewNoMore() {
		night("max-percent", "10");
		assertThat(this.armed.run("--accept-warnings")).as(this.register.err()).isZero();
		assertThat(mails()).containsExactly("WARNING 2");
		assertThat(this.register.execute("run", "--run-key=next")).as(this.register.err()).isZero();
		assertThat(mails()).containsExactly("WARNING 2");
		this.register.key("dead-3", this.armed.ago(400), this.armed.ago(200));
		assertThat(this.register.execute("run", "--run-key=after")).isEqualTo(3);
	}

	@Test
	void lastWarningsWaitTooAndWhatIsDueIsDisabledAndTold() {
		this.armed.dead("due").dead("last");
		night("max-percent", "10");
		this.armed.warnedTwice("due");
		this.armed.notice("last", "WARNING", 20);
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.status("due")).isEqualTo("disabled");
		assertThat(mails()).containsExactly("DISABLED 1");
	}

	private void night(String bound, String value) {
		this.register.set("keysteward.notices." + bound, value).set("keysteward.mail.warn-owners", "false");
		this.armed.dead("dead-1").dead("dead-2");
		this.register.key("alive-3", this.armed.ago(400), this.armed.ago(0));
		this.armed.watchedAnew();
		this.register.set("keysteward.mail.warn-owners", "true");
	}

	private List<String> mails() {
		return texts("""
				SELECT kind || ' ' || count(*) FROM keysteward.notice JOIN keysteward.notice_key USING (notice_id)
				WHERE message_id LIKE '%@%' GROUP BY kind ORDER BY kind
				""");
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

}
