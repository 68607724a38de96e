package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a rehearsal foretold, and what a hundred simulated nights then did, agree.
 */
class RehearsedNightsTests {

	private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");

	private static final int NIGHTS = Integer.getInteger("rehearsal.nights", 100);

	private final PassingClock clock = new PassingClock();

	private final Nights nights;

	private final Path to;

	RehearsedNightsTests(@TempDir Path directory) throws IOException {
		this.to = directory.resolve("rehearsed");
		this.nights = new Nights(directory, START);
		this.nights.register().clock(this.clock);
		this.nights.configure("owners.yaml", "owners: { console-u19: [boss@example.com] }\n");
		this.nights.set("keysteward.policy.idle.warn", "14d")
			.set("keysteward.policy.idle.violation", "28d")
			.set("keysteward.policy.uncertainty", "24h")
			.set("keysteward.policy.orphaned.grace", "5d")
			.set("keysteward.mail.allowed-domains[0]", "example.com")
			.set("keysteward.disable.max-keys", "9")
			.set("keysteward.disable.max-percent", "30")
			.set("keysteward.disable.notice", "10d")
			.set("keysteward.disable.final-notice", "4d")
			.set("keysteward.disable.notice-valid", "20d")
			.set("keysteward.disable.max-gap", "8d")
			.set("keysteward.disable.window.days", "MONDAY,TUESDAY,WEDNESDAY,THURSDAY,FRIDAY,SATURDAY");
	}

	@AfterEach
	void close() throws IOException {
		this.nights.close();
	}

	@Test
	void aHundredNightsDoWhatWasForetold() throws IOException {
		this.nights.source("console", false);
		this.nights.source("payments", true);
		new SimulatedCompany(7, this.nights.sources()).found(START.minus(Duration.ofDays(1)), 60);
		for (int age = 20; age < 30; age++) {
			unused("key-console-90" + age, age, 1 + age % 5);
		}
		// More than one night may disable, all on one day.
		for (int number = 10; number < 22; number++) {
			unused("key-console-80" + number, 15, number);
		}
		this.nights.configure("exemptions.yaml", """
				exemptions:
				  - id: EX-1
				    covers: { source: console, key: key-console-9022 }
				    reason: Ends within the nights.
				    approver: jonas@example.com
				    ticket: SEC-4711
				    expires: 2026-02-10
				""");
		run(0);
		goOn(1);
		run(1);
		this.nights.newMails();
		execute(START.plus(Duration.ofHours(31)), "rehearse", "--nights=" + NIGHTS, "--to=" + this.to);
		assertThat(this.nights.newMails()).isEmpty();
		String verdict = this.nights.register().out();
		Set<String> foretold = foretold();
		assertThat(foretold).anyMatch((line) -> line.contains("WARNING"))
			.anyMatch((line) -> line.contains("FINAL"))
			.anyMatch((line) -> line.contains("DISABLED"));
		for (int night = 2; night < NIGHTS + 2; night++) {
			goOn(night);
			run(night, "--disable");
		}
		assertThat(came()).containsExactlyElementsOf(foretold);
		assertThat(verdict).contains("and no night clears it (BREAKER)");
	}

	private void unused(String id, int days, int owner) {
		Instant used = START.minus(Duration.ofDays(days)).minusSeconds(3600);
		this.nights.sources().get(0).change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', ?, ?, ?)
				""", id, "service " + id, "console-u" + owner, used.minus(Duration.ofDays(100)), used);
	}

	/** Whoever uses a key goes on. */
	private void goOn(int night) {
		Instant now = START.plus(Duration.ofDays(night));
		for (SimulatedSource source : this.nights.sources()) {
			source.change("""
					UPDATE api_key SET last_used_at = last_used_at + interval '1 day'
					WHERE last_used_at > CAST(? AS timestamptz) - interval '15 days'
					""", now.toString());
		}
	}

	private Set<String> foretold() {
		return steps("""
				SELECT night || ' ' || step || ' ' || source || '/' || key_id FROM keysteward.rehearsal_step
				""");
	}

	private Set<String> came() {
		return steps(
				"""
						SELECT (r.as_of AT TIME ZONE 'UTC')::date || ' ' || n.kind || ' ' || k.source || '/' || k.key_id
						FROM keysteward.notice n JOIN keysteward.run r USING (run_id) JOIN keysteward.notice_key k USING (notice_id)
						WHERE n.status = 'SENT' AND n.kind IN ('WARNING', 'FINAL') AND r.mode = 'DISABLE'
						UNION ALL
						SELECT (r.as_of AT TIME ZONE 'UTC')::date || ' ' || a.outcome || ' ' || a.source || '/' || a.key_id
						FROM keysteward.key_action a JOIN keysteward.run r USING (run_id) WHERE a.outcome = 'DISABLED'
						""");
	}

	private Set<String> steps(String sql) {
		return new TreeSet<>(this.nights.governance().sql(sql).query(String.class).list());
	}

	/** However slow the machine is, what a night sends is sent after its as-of. */
	private void run(int night, String... options) {
		Instant asOf = START.plus(Duration.ofDays(night));
		execute(asOf, Stream.concat(Stream.of("run", "--as-of=" + asOf), Stream.of(options)).toArray(String[]::new));
	}

	/** A night that a gate holds ends with 3. */
	private void execute(Instant now, String... command) {
		this.clock.set(now);
		assertThat(this.nights.execute(now, command)).as(this.nights.register().err()).isIn(0, 3);
	}

}
