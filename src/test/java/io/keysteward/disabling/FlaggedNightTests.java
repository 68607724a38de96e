package io.keysteward.disabling;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.insight.DisabledKeyMonitor;
import io.keysteward.insight.DisabledKeyMonitor.Alarm;
import io.keysteward.insight.DisabledKeyMonitor.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Nights that may disable, of a register of which flagged keys only are kept: the used
 * ones, by which the source is believed, have no row.
 */
class FlaggedNightTests {

	private final ArmedRegister armed;

	FlaggedNightTests(@TempDir Path directory) {
		this.armed = new ArmedRegister(directory);
		this.armed.register.set("keysteward.inventory.keep", "flagged").set("keysteward.disable.max-percent", "10");
		this.armed.register.keys().sql("DELETE FROM api_key").update();
		for (int i = 0; i < 9; i++) {
			this.armed.register.key("alive-" + i, this.armed.ago(100), this.armed.ago(40));
		}
		this.armed.register.key("dead", this.armed.ago(300), this.armed.ago(200));
		this.armed.watched().warnedTwice("dead");
	}

	@Test
	void whatIsDueIsDisabledAndKeysWithoutARowCountAsSignsOfLifeAndInTheBreakersShare() {
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED");
		assertThat(kept("tonight")).containsExactly("dead ACTIVE");
	}

	@Test
	void aSourceThatHasLostKeysIsNotBelievedThoughNoneOfThemHadARow() {
		this.armed.register.keys().sql("DELETE FROM api_key WHERE id IN ('alive-1', 'alive-2', 'alive-3')").update();
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.register.err()).contains("has 7 keys, and had 10 in the run before");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatComesTwiceAndOnceWasUsedYesterdayIsNotDisabled() {
		this.armed.register.keys().sql("ALTER TABLE api_key DROP CONSTRAINT api_key_pkey CASCADE").update();
		this.armed.register.key("dead", this.armed.ago(300), this.armed.ago(1));
		assertThat(this.armed.run("--disable")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("key_id 'dead' comes more than once");
		assertThat(this.armed.register.keys()
			.sql("SELECT DISTINCT status FROM api_key WHERE id = 'dead'")
			.query(String.class)
			.list()).containsExactly("active");
	}

	/** By then no finding is open: it is stored since it was disabled once. */
	@Test
	void aKeyThatWasDisabledIsWatchedAndThatItIsActiveAgainIsSaidOnce() {
		assertThat(this.armed.run("--disable")).isZero();
		anHourEarlier();
		assertThat(watched("off")).isEmpty();
		this.armed.register.keys()
			.sql("UPDATE api_key SET status = 'active', disabled_at = NULL, disabled_by_run = NULL, last_used_at = now() WHERE id = 'dead'")
			.update();
		assertThat(watched("on-again")).extracting(Alarm::what).containsExactly(Cause.ACTIVE_AGAIN);
		assertThat(kept("on-again")).containsExactly("dead ACTIVE");
		assertThat(watched("the-next")).isEmpty();
	}

	private List<Alarm> watched(String runKey) {
		assertThat(this.armed.register.execute("run", "--run-key=" + runKey)).as(this.armed.register.err()).isZero();
		return new DisabledKeyMonitor(this.armed.register.governance()).alarms(this.armed.register.governance()
			.sql("SELECT run_id FROM keysteward.run WHERE run_key = :key")
			.param("key", runKey)
			.query(Long.class)
			.single());
	}

	/** What is read within a minute of the disabling proves nothing. */
	private void anHourEarlier() {
		this.armed.register.governance().sql("ALTER TABLE keysteward.key_action DISABLE TRIGGER USER").update();
		this.armed.register.governance()
			.sql("UPDATE keysteward.key_action SET done_at = done_at - interval '1 hour' WHERE outcome = 'DISABLED'")
			.update();
		this.armed.register.governance().sql("ALTER TABLE keysteward.key_action ENABLE TRIGGER USER").update();
		this.armed.register.governance()
			.sql("UPDATE keysteward.run SET as_of = as_of - interval '1 hour' WHERE run_key = 'tonight'")
			.update();
	}

	private List<String> kept(String runKey) {
		return this.armed.register.governance()
			.sql("""
					SELECT concat_ws(' ', key_id, s.status) FROM keysteward.key_snapshot s JOIN keysteward.run USING (run_id)
					WHERE run_key = :key ORDER BY key_id
					""")
			.param("key", runKey)
			.query(String.class)
			.list();
	}

}
