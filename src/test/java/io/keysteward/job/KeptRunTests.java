package io.keysteward.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Pattern;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import io.keysteward.report.workbook.WorkbookText;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Twenty nights in which everything happens that can happen to a key, with narrowed runs,
 * failed ones, and three kinds of restart between them: whatever came after a run, it
 * tells what it told that night, to the cell.
 */
class KeptRunTests {

	private static final int NIGHTS = 20;

	/** What happens to a few keys before a night. */
	private static final List<String> CHANGES = List.of("last_used_at = :at::timestamptz - interval '1 hour'",
			"last_used_at = :at::timestamptz - interval '100 days'", "last_used_at = NULL",
			"last_used_at = :at::timestamptz + interval '40 days'", "name = 'test'", "name = 'payments of ' || id",
			"name = '{ago}'", "project_id = NULL", "project_id = 'p2'", "owner_id = NULL", "owner_id = 'u'",
			"status = 'disabled'", "status = 'active'", "expires_at = :at::timestamptz - interval '1 minute'",
			"expires_at = NULL", "created_at = created_at - interval '3 days'",
			"created_at = :at::timestamptz + interval '1 day'", "created_at = '2026-01-01Z'",
			"masked_key = 'sk-b****' || right(id, 4)", "kind = 'robot'", "kind = 'personal'");

	/** It has the runs before this one, of which one may have been continued since. */
	private static final Pattern TREND = Pattern
		.compile("(?m)^,?\\{\"run_key\":[^{}]*\"violations\":\\d+}(]})?$\\n|^[-\\w]+ \\| \\d+ \\| \\d+$\\n");

	private final Random random = new Random(15);

	private final Path directory;

	private final Register register;

	private final TestDatabase other = TestDatabase.empty();

	private final Map<String, String> told = new LinkedHashMap<>();

	KeptRunTests(@TempDir Path directory) {
		this.directory = directory;
		Register.create(this.other);
		this.register = new Register(directory).source(1, "other", this.other)
			.set("keysteward.report.formats", "workbook,json")
			.set("keysteward.policy.overrides[0].source", "console")
			.set("keysteward.policy.overrides[0].project", "p2")
			.set("keysteward.policy.overrides[0].idle.warn", "20d");
		for (TestDatabase database : List.of(this.register.keysDatabase(), this.other)) {
			database.jdbc().sql("""
					INSERT INTO project (id, name) VALUES ('p', 'P'), ('p2', 'P2') ON CONFLICT DO NOTHING;
					INSERT INTO account (id, name, email) VALUES ('u', 'Ada', 'ada@example.com') ON CONFLICT DO NOTHING;
					INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
					SELECT 'k' || n, 'service ' || n, 'sk-a****9xQ2', 'p', 'u', '2026-01-01Z',
					       '2026-09-01Z'::timestamptz + n * interval '1 day'
					FROM generate_series(1, 70) n
					""").update();
		}
	}

	@Test
	void whateverComesAfterARunItTellsWhatItToldThatNight() throws IOException {
		for (int night = 1; night <= NIGHTS; night++) {
			String day = "2026-11-%02d".formatted(night);
			aDayPasses(day + "T02:00:00Z");
			switch (night) {
				case 4, 9 -> narrowed(day);
				case 6 -> failsAndIsNeverContinued(day);
				case 8 -> isContinued(day);
				case 11 -> isContinuedUnderAnotherPolicy(day);
				case 13 -> isContinuedAfterALaterRun(day);
				case 16 -> isSetAside(day);
				default -> run(day, "--as-of=" + day + "T02:00:00Z");
			}
		}
		assertThat(this.told).hasSizeGreaterThan(NIGHTS);
		assertThat(keys("key_record_before")).isPositive();
		assertThat(keys("key_use_before")).isPositive();
		assertThat(keys("key_action WHERE until_run - run_id BETWEEN 2 AND 99")).isPositive();
		for (Map.Entry<String, String> run : this.told.entrySet()) {
			assertThat(tell(run.getKey())).as(run.getKey()).isEqualTo(run.getValue());
		}
	}

	private void narrowed(String day) throws IOException {
		run(day + "-part", "--run-key=" + day + "-part", "--as-of=" + day + "T01:00:00Z", "--project=p2");
		run(day, "--as-of=" + day + "T02:00:00Z");
		run(day + "-one", "--run-key=" + day + "-one", "--as-of=" + day + "T03:00:00Z", "--source=other");
	}

	private void failsAndIsNeverContinued(String day) {
		broken(() -> assertThat(execute("run", "--as-of=" + day + "T02:00:00Z")).isNotZero());
	}

	private void isContinued(String day) throws IOException {
		broken(() -> assertThat(execute("run", "--as-of=" + day + "T02:00:00Z")).isNotZero());
		run(day, "--run-key=" + day);
	}

	private void isContinuedUnderAnotherPolicy(String day) throws IOException {
		broken(() -> assertThat(execute("run", "--as-of=" + day + "T02:00:00Z")).isNotZero());
		this.register.set("keysteward.policy.idle.warn", "30d");
		run(day, "--run-key=" + day);
	}

	private void isContinuedAfterALaterRun(String day) throws IOException {
		broken(() -> assertThat(execute("run", "--as-of=" + day + "T02:00:00Z")).isNotZero());
		run(day + "-one", "--run-key=" + day + "-one", "--as-of=" + day + "T03:00:00Z", "--source=console");
		aDayPasses(day + "T04:00:00Z");
		run(day, "--run-key=" + day);
	}

	private void isSetAside(String day) throws IOException {
		run(day, "--as-of=" + day + "T02:00:00Z");
		this.told.remove(day);
		assertThat(execute("runs", "--set-aside=" + day, "--reason=a wrong clock")).isZero();
		this.told.put(day, tell(day));
	}

	/** One of two sources cannot be read. */
	private void broken(Runnable night) {
		this.other.jdbc().sql("ALTER TABLE api_key RENAME TO lost").update();
		night.run();
		this.other.jdbc().sql("ALTER TABLE lost RENAME TO api_key").update();
	}

	private void run(String key, String... options) throws IOException {
		List<String> command = new ArrayList<>(List.of("run"));
		command.addAll(List.of(options));
		assertThat(execute(command.toArray(String[]::new))).as(this.register.err()).isZero();
		this.told.put(key, tell(key));
	}

	private int execute(String... command) {
		return this.register.execute(command);
	}

	/** The reports and the search of a run, as they are told now. */
	private String tell(String run) throws IOException {
		StringBuilder told = new StringBuilder();
		for (String format : List.of("json", "workbook")) {
			Path file = this.directory.resolve("told." + (format.equals("json") ? "json" : "xlsx"));
			assertThat(execute("report", "--run-key=" + run, "--format=" + format, "--output=" + file))
				.as(this.register.err())
				.isZero();
			told.append(format.equals("json") ? Files.readString(file) : WorkbookText.of(file));
			Files.delete(file);
		}
		for (String search : List.of("k", "console/k7", "other/k33")) {
			assertThat(execute("find", "--run-key=" + run, "--limit=200", search)).as(this.register.err()).isZero();
			told.append(this.register.out());
		}
		return TREND.matcher(told).replaceAll("");
	}

	private void aDayPasses(String at) {
		for (TestDatabase database : List.of(this.register.keysDatabase(), this.other)) {
			// Some nights nothing forgets its uses, so that plans stay as they are.
			List<String> changes = at.startsWith("2026-11-1") ? CHANGES : CHANGES.subList(4, CHANGES.size());
			for (int change = 0; change < 12; change++) {
				String set = changes.get(this.random.nextInt(changes.size()));
				database.jdbc()
					.sql("UPDATE api_key SET " + set + " WHERE id = ANY (:ids::text[])")
					.param("at", at)
					.param("ids", new String[] { key(), key(), key() })
					.update();
			}
			database.jdbc().sql("DELETE FROM api_key WHERE id = :id").param("id", key()).update();
			database.jdbc()
				.sql("""
						INSERT INTO api_key (id, name, masked_key, project_id, owner_id, created_at, last_used_at)
						VALUES (:id, 'again', 'sk-a****9xQ2', 'p', 'u', :created::timestamptz, NULL) ON CONFLICT DO NOTHING
						""")
				.param("id", key())
				.param("created", this.random.nextBoolean() ? "2026-01-01T00:00:00Z" : at)
				.update();
		}
	}

	private String key() {
		return "k" + (1 + this.random.nextInt(80));
	}

	private long keys(String table) {
		return this.register.governance().sql("SELECT count(*) FROM keysteward." + table).query(Long.class).single();
	}

}
