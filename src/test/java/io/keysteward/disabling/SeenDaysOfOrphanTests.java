package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An orphan may be disabled for both its findings together: the days are those on which
 * both were seen, also where its plan lasts.
 */
class SeenDaysOfOrphanTests {

	private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");

	private static final String KEY = "key-console-0001";

	@Test
	void eachNightSaysOneDayMoreThanTheNightBefore(@TempDir Path directory) throws IOException {
		try (Nights nights = new Nights(directory, START)) {
			SimulatedSource source = nights.source("console", false);
			nights.configure("owners.yaml", "owners: {}\n");
			nights.set("keysteward.policy.orphaned.grace", "2d")
				.set("keysteward.disable.max-keys", "20")
				.set("keysteward.disable.max-percent", "100");
			idle(source, KEY, "u");
			idle(source, "key-console-0002", "v");
			for (int night = 1; night <= 8; night++) {
				if (night == 4) {
					source.change("UPDATE account SET disabled_at = ? WHERE id = 'u'", at(night).minusSeconds(3600));
				}
				source.change("UPDATE api_key SET last_used_at = ? WHERE id = 'key-console-0002'",
						at(night).minusSeconds(3600));
				assertThat(nights.execute(at(night), "run")).as(nights.register().err()).isZero();
				if (night > 5) {
					assertThat(nights.execute(at(night), "explain", "console/" + KEY)).isZero();
					assertThat(nights.register().out())
						.contains("  SEEN_BEFORE  open: Its finding was seen on " + (night - 3) + " days (");
				}
			}
			assertThat(nights.governance()
				.sql("SELECT run_id FROM keysteward.actions_of(8) WHERE key_id = '" + KEY + "'")
				.query(Long.class)
				.single()).as("the run that wrote the plan").isEqualTo(6);
		}
	}

	private static Instant at(int night) {
		return START.plus(Duration.ofDays(night));
	}

	private static void idle(SimulatedSource source, String id, String owner) {
		source.change("INSERT INTO account (id, name, email) VALUES (?, ?, ?)", owner, owner, owner + "@example.com");
		source.change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', ?, ?, ?)
				""", id, "service " + id, owner, START.minus(Duration.ofDays(400)), START.minus(Duration.ofDays(60)));
	}

}
