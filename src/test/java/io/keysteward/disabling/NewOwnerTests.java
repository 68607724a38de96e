package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.decision.FilledWorkbook;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key whose owner was warned and that somebody then gives to another owner, by the
 * report's workbook.
 */
class NewOwnerTests {

	private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");

	private static final String KEY = "key-console-0001";

	private final Path directory;

	private final Nights nights;

	private final SimulatedSource source;

	private int night;

	NewOwnerTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.nights = new Nights(directory, START);
		this.source = this.nights.source("console", false);
		this.nights.configure("owners.yaml", "owners: {}\n");
		this.nights.set("keysteward.disable.max-keys", "20")
			.set("keysteward.disable.max-percent", "100")
			.set("keysteward.disable.notice", "3d")
			.set("keysteward.disable.final-notice", "1d");
		this.source.change("INSERT INTO account (id, name, email) VALUES ('u', 'Ada', 'ada@example.com')");
		key(KEY, START.minus(Duration.ofDays(300)));
		key("key-console-0002", START.minus(Duration.ofHours(1)));
	}

	@AfterEach
	void close() throws IOException {
		this.nights.close();
	}

	@Test
	void theNewOwnerIsWarnedFromTheBeginningAndTheKeyWaitsForThat() {
		night();
		assertThat(night()).as("the first night only compares")
			.containsExactly("ada@example.com: 1 unused API key may" + " be disabled on or after 5 June 2026");
		assertThat(night()).isEmpty();
		assertThat(night())
			.containsExactly("ada@example.com: Last warning: 1 unused API key may be disabled on or after 5 June 2026");
		giveAway();
		assertThat(night())
			.containsExactly("grace@example.com: 1 unused API key may be disabled on or after 8 June 2026");
		assertThat(isActive()).as("on the day that Ada was told").isTrue();
		assertThat(night()).isEmpty();
		assertThat(night()).containsExactly(
				"grace@example.com: Last warning: 1 unused API key may be disabled on or after 8 June 2026");
		assertThat(isActive()).isTrue();
		assertThat(night()).containsExactly("grace@example.com: 1 API key was disabled");
		assertThat(isActive()).as("on the day that Grace was told").isFalse();
	}

	/** The mails of the next night to owners. */
	private List<String> night() {
		this.night++;
		Instant now = now();
		this.source.change("UPDATE api_key SET last_used_at = ? WHERE id = 'key-console-0002'", now.minusSeconds(3600));
		assertThat(this.nights.execute(now, "run", "--run-key=night-" + this.night, "--disable"))
			.as(this.nights.register().err())
			.isIn(0, 3);
		return this.nights.newMails()
			.stream()
			.map((mail) -> String.join(", ", mail.to()) + ": " + mail.subject().replaceFirst("^(\\[[^]]*])+ ", ""))
			.toList();
	}

	private void giveAway() {
		Path report = this.directory.resolve("report.xlsx");
		Path filled = this.directory.resolve("filled.xlsx");
		execute("report", "--run-key=night-" + this.night, "--output=" + report);
		FilledWorkbook.of(report, filled, (sheet) -> sheet.decide(KEY, "new owner", "Ada has left the team.")
			.set(KEY, "New owner", "grace@example.com"));
		execute("decide", filled.toString(), "--apply");
	}

	private void execute(String... command) {
		assertThat(this.nights.execute(now().plusSeconds(3600), command)).as(this.nights.register().err()).isZero();
	}

	private Instant now() {
		return START.plus(Duration.ofDays(this.night - 1));
	}

	private boolean isActive() {
		return this.source.jdbc()
			.sql("SELECT status = 'active' FROM api_key WHERE id = ?")
			.param(KEY)
			.query(Boolean.class)
			.single();
	}

	private void key(String id, Instant used) {
		this.source.change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at, status)
				VALUES (?, 'batch export of the orders', 'sk-a****9f3c', 'u', ?, ?, 'active')
				""", id, START.minus(Duration.ofDays(400)), used);
	}

}
