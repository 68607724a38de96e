package io.keysteward.job;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A night that is late, or continued, judges as of its as-of and loses no key.
 */
class LateReadingTests {

	private static final Instant NOW = Instant.now();

	private final Register register;

	LateReadingTests(@TempDir Path directory) {
		this.register = new Register(directory);
	}

	@Test
	void aLateNightJudgesTheBusiestKeysByTheOtherRules() {
		keys();
		assertThat(this.register.execute("run", "--as-of=" + ago(Duration.ofHours(6)))).as(this.register.err())
			.isZero();
		assertThat(judged()).containsExactly("aged {AGED} 0", "busy {} 0", "idle {IDLE} 149", "new {} 0",
				"orphan {ORPHANED} 0", "unnamed {UNNAMED} 0");
	}

	@Test
	void aContinuedNightJudgesTheBusiestKeysByTheOtherRules() {
		this.register.source(1, "late", new TestDatabase("jdbc:postgresql://localhost:1/late", "reader", "none"));
		assertThat(this.register.execute("run", "--run-key=night", "--as-of=" + ago(Duration.ofHours(6)))).isEqualTo(1);
		keys();
		this.register.source(1, "late", this.register.keysDatabase().copy().as("keysteward_disabler"));
		assertThat(this.register.execute("run", "--run-key=night")).as(this.register.err()).isZero();
		assertThat(judged()).containsExactly("aged {AGED} 0", "busy {} 0", "idle {IDLE} 149", "new {} 0",
				"orphan {ORPHANED} 0", "unnamed {UNNAMED} 0");
	}

	private void keys() {
		this.register.key("busy", ago(Duration.ofDays(100)), ago(Duration.ofMinutes(1)))
			.key("orphan", ago(Duration.ofDays(100)), ago(Duration.ofMinutes(1)))
			.key("unnamed", ago(Duration.ofDays(100)), ago(Duration.ofMinutes(1)))
			.key("aged", ago(Duration.ofDays(900)), ago(Duration.ofMinutes(1)))
			.key("new", ago(Duration.ofHours(1)), null)
			.key("idle", ago(Duration.ofDays(300)), ago(Duration.ofDays(150)));
		this.register.keys().sql("UPDATE api_key SET project_id = 'nowhere' WHERE id = 'orphan'").update();
		this.register.keys().sql("UPDATE api_key SET name = 'test' WHERE id = 'unnamed'").update();
	}

	private List<String> judged() {
		return this.register.governance().sql("""
				SELECT DISTINCT key_id || ' ' || findings::text || ' ' || idle_days FROM keysteward.key_snapshot
				WHERE judgement = 'JUDGED' ORDER BY 1
				""").query(String.class).list();
	}

	private static String ago(Duration time) {
		return NOW.minus(time).toString();
	}

}
