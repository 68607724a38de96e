package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import io.keysteward.disabling.Nights.Past;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A run says what a rehearsal foretold for its night, and what came.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ForetoldNightTests {

	private static final Instant START = Instant.parse("2026-01-05T02:00:00Z");

	private final Nights nights;

	private final Path directory;

	private final SimulatedSource console;

	private final Past twoNights;

	ForetoldNightTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.nights = new Nights(directory, START);
		this.nights.configure("owners.yaml", "owners: {}\n");
		this.nights.set("keysteward.disable.max-keys", "20")
			.set("keysteward.disable.max-percent", "100")
			.set("keysteward.disable.notice", "2d")
			.set("keysteward.disable.final-notice", "1d");
		this.console = this.nights.source("console", false);
		this.console.change(
				"INSERT INTO account (id, name, email, created_at) VALUES ('u1', 'Ada', 'ada@example.com', ?)",
				START.minus(Duration.ofDays(900)));
		for (String key : List.of("dead", "used", "gone", "off", "exempt", "moved")) {
			key(key, 200);
		}
		key("busy", 0);
		run(0);
		run(1);
		this.twoNights = this.nights.remember();
	}

	@BeforeEach
	void ownersWereWarnedInTheSecondNight() {
		this.nights.comesBack(this.twoNights);
	}

	@AfterAll
	void close() throws IOException {
		this.nights.close();
	}

	@Test
	void whatWasForetoldAndCameIsSaidAndWhyTheRestDidNot() throws IOException {
		assertThat(remarks(1)).noneMatch((remark) -> remark.contains("rehearsal"));
		rehearse(1);
		run(2, "--disable");
		assertThat(remarks(2)).contains("A rehearsal of 2026-01-06 foretold for this night (if armed on 2026-01-07):"
				+ " 6 keys last warning, and so it came.");
		use("used", 2);
		this.console.change("DELETE FROM api_key WHERE id = 'gone'");
		this.console.change("UPDATE api_key SET status = 'disabled', disabled_at = ? WHERE id = 'off'", START);
		this.console.change("UPDATE api_key SET owner_id = NULL WHERE id = 'moved'");
		this.nights.configure("exemptions.yaml", """
				exemptions:
				  - id: EX-1
				    covers: { source: console, key: exempt }
				    reason: Runs once a year.
				    approver: jonas@example.com
				    ticket: SEC-4711
				    expires: 2026-02-10
				""");
		run(3, "--disable");
		assertThat(remarks(3)).contains("A rehearsal of 2026-01-06 foretold for this night (if armed on 2026-01-07):"
				+ " 6 keys disabled, 1 came, 1 gone from the source, 1 used since, 1 not active any more, 1 exempted,"
				+ " 1 held by NOTICE.");
		run(4, "--disable");
		assertThat(remarks(4)).contains("A rehearsal of 2026-01-06 foretold for this night (if armed on 2026-01-07):"
				+ " nothing, and nothing came.");
	}

	@Test
	void aRunThatOnlyReportsComparesWhatItWouldHaveDoneAndTheLastRehearsalCounts() throws IOException {
		rehearse(1, "--armed-on=2026-01-09");
		key("new", 200);
		run(2);
		rehearse(2);
		run(3);
		assertThat(remarks(3)).contains("A rehearsal of 2026-01-07 foretold for this night (if armed on 2026-01-08):"
				+ " 1 key last warning, and so it came; 6 keys disabled, and so it came.");
	}

	@Test
	void whatCameUnforeseenIsCounted() throws IOException {
		rehearse(1);
		key("new", 200);
		run(2, "--disable");
		assertThat(remarks(2)).contains("A rehearsal of 2026-01-06 foretold for this night (if armed on 2026-01-07):"
				+ " none warned, and 1 key came; 6 keys last warning, and so it came.");
	}

	@Test
	void aKeyThatCannotBeJudgedIsNotToldAsInactive() throws IOException {
		rehearse(1);
		this.console.change("UPDATE api_key SET created_at = ? WHERE id = 'off'", START);
		run(2, "--disable");
		assertThat(remarks(2)).contains("A rehearsal of 2026-01-06 foretold for this night (if armed on 2026-01-07):"
				+ " 6 keys last warning, 5 came, 1 judged otherwise, or done on another night.");
	}

	private void rehearse(int night, String... options) {
		execute(START.plus(Duration.ofDays(night)).plus(Duration.ofHours(7)),
				Stream
					.concat(Stream.of("rehearse", "--nights=6", "--to=" + this.directory.resolve("night-" + night)),
							Stream.of(options))
					.toArray(String[]::new));
	}

	private List<String> remarks(int night) throws IOException {
		JsonNode report = JsonMapper.shared()
			.readTree(Files.readString(this.nights.register()
				.reports()
				.resolve("keysteward-2026-01-" + "%02d".formatted(5 + night) + ".json")));
		return report.path("summary").path("remarks").valueStream().map(JsonNode::asString).toList();
	}

	private void key(String id, int unused) {
		Instant used = START.minus(Duration.ofDays(unused)).minusSeconds(3600);
		this.console.change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', 'u1', ?, ?)
				""", id, "service " + id, used.minus(Duration.ofDays(100)), used);
	}

	private void use(String id, int night) {
		this.console.change("UPDATE api_key SET last_used_at = ? WHERE id = ?",
				START.plus(Duration.ofDays(night)).plusSeconds(3600), id);
	}

	private void run(int night, String... options) {
		use("busy", night - 1);
		execute(START.plus(Duration.ofDays(night)),
				Stream.concat(Stream.of("run"), Stream.of(options)).toArray(String[]::new));
	}

	private void execute(Instant now, String... command) {
		assertThat(this.nights.execute(now, command)).as(this.nights.register().err()).isZero();
	}

}
