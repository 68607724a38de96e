package io.keysteward.finding;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import javax.sql.DataSource;

import io.keysteward.TestDatabase;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is not written is told as if each run had written each finding that it saw.
 */
class FindingTurnsTests {

	private static final int KEYS = 8;

	private final DataSource dataSource = TestDatabase.migrated().dataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final Runs runs = new Runs(this.jdbc, JsonMapper.shared());

	private final Findings findings = new Findings(this.jdbc, List.of());

	private final TransactionTemplate transaction = new TransactionTemplate(
			new DataSourceTransactionManager(this.dataSource));

	private Instant asOf = Instant.parse("2026-01-01T02:00:00Z");

	/** The findings as a run would have written them that writes each. */
	private Map<String, Written> model = new TreeMap<>();

	private final Map<Long, Night> nights = new HashMap<>();

	@Test
	void aFindingThatIsOpenAndUnchangedIsNotTouched() {
		night(false, Set.of("k0", "k1", "k2"), Set.of());
		night(false, Set.of("k0", "k1", "k2"), Set.of());
		Map<String, String> before = versions();
		night(false, Set.of("k0", "k2", "k3"), Set.of("k2"));
		Map<String, String> after = versions();
		assertThat(after.get("k0")).isEqualTo(before.get("k0"));
		assertThat(after.get("k1")).isNotEqualTo(before.get("k1"));
		assertThat(after.get("k2")).isNotEqualTo(before.get("k2"));
		assertThat(after).containsKey("k3");
		same();
	}

	/** Its turn is gone, and the next one must not be taken for it. */
	@Test
	void whatARunSawBeforeItsSourceFailedIsSeenByTheNextRun() {
		long failed = night(false, Set.of("k0"), Set.of());
		of(failed).complete = false;
		this.jdbc.sql("UPDATE keysteward.run SET status = 'FAILED'").update();
		this.jdbc.sql("UPDATE keysteward.run_source SET status = 'FAILED'").update();
		reconcile(failed);
		night(false, Set.of("k0"), Set.of());
		same();
	}

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6 })
	void whateverHappensEachFindingIsAsIfEachRunHadWrittenIt(long seed) {
		Random random = new Random(seed);
		Deque<Map<String, Written>> before = new ArrayDeque<>();
		Deque<Long> runs = new ArrayDeque<>();
		boolean exact = true;
		int setAside = 0;
		for (int step = 0; step < 60; step++) {
			int what = random.nextInt(12);
			if (what <= 1 && !runs.isEmpty()) {
				setAside(runs.pop());
				this.model = before.pop();
				// How it was before the run before is not kept: never more days than
				// there were.
				exact = ++setAside == 1 && exact;
			}
			else if (what == 2 && !runs.isEmpty()) {
				this.jdbc.sql("UPDATE keysteward.run SET status = 'FAILED' WHERE run_id = :run")
					.param("run", runs.peek())
					.update();
				of(runs.getFirst()).complete = false;
			}
			else {
				before.push(copy(this.model));
				runs.push(night(what == 3 || what == 4, some(random, 5), some(random, 1)));
				setAside = 0;
			}
			if (exact) {
				same();
			}
			else {
				neverMore();
			}
		}
		assertThat(this.model).hasSize(KEYS);
	}

	private void neverMore() {
		Map<String, Integer> stored = new TreeMap<>();
		this.jdbc.sql("SELECT key_id || ' ' || status AS finding, seen_days FROM keysteward.finding").query((row) -> {
			stored.put(row.getString(1), row.getInt(2));
		});
		assertThat(stored).hasSize(this.model.size());
		this.model.forEach((key, finding) -> assertThat(stored).hasEntrySatisfying(
				key + " " + (finding.open() ? "OPEN" : "RESOLVED"),
				(days) -> assertThat(days).as(key).isBetween(1, finding.days())));
	}

	private long night(boolean narrowed, Set<String> seen, Set<String> unknown) {
		this.asOf = this.asOf.plus((this.nights.size() % 4 == 3) ? Duration.ofHours(3) : Duration.ofDays(1));
		long run = run(narrowed);
		Night night = new Night(this.asOf);
		this.nights.put(run, night);
		for (int key = 0; key < (narrowed ? KEYS / 2 : KEYS); key++) {
			String id = "k" + key;
			if (seen.contains(id) && !unknown.contains(id)) {
				this.model.put(id, see(this.model.get(id), run));
			}
			else if (this.model.containsKey(id) && this.model.get(id).open() && !unknown.contains(id)) {
				this.model.put(id, this.model.get(id).resolved());
			}
		}
		store(run, narrowed, seen, unknown);
		reconcile(run);
		return run;
	}

	private void reconcile(long run) {
		Run stored = this.runs.get(run);
		this.transaction.executeWithoutResult((status) -> this.findings.reconcile(stored));
	}

	private Written see(@Nullable Written was, long run) {
		return (was == null || !was.open()) ? new Written(true, run, 1)
				: new Written(true, run, was.days() + (further(was.lastSeen(), run) ? 1 : 0));
	}

	private boolean further(long earlier, long later) {
		Night before = of(earlier);
		return before.complete
				&& before.asOf.truncatedTo(ChronoUnit.DAYS).isBefore(of(later).asOf.truncatedTo(ChronoUnit.DAYS));
	}

	private Night of(long run) {
		return Objects.requireNonNull(this.nights.get(run));
	}

	private void setAside(long run) {
		this.transaction.executeWithoutResult((status) -> {
			this.findings.undo(this.runs.get(run));
			this.jdbc.sql("""
					UPDATE keysteward.run
					SET status = 'SET_ASIDE', set_aside_at = as_of, set_aside_by = 'test', set_aside_reason = 'test'
					WHERE run_id = :run
					""").param("run", run).update();
		});
	}

	private void same() {
		List<String> stored = this.jdbc
			.sql("SELECT key_id || ' ' || status || ' ' || last_seen_run || ' ' || seen_days || ' '"
					+ " || to_char(last_seen_at AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24') FROM keysteward.finding ORDER BY key_id")
			.query(String.class)
			.list();
		List<String> expected = new ArrayList<>();
		this.model.forEach((key,
				finding) -> expected.add(key + " " + (finding.open() ? "OPEN" : "RESOLVED") + " " + finding.lastSeen()
						+ " " + finding.days() + " "
						+ of(finding.lastSeen()).asOf.toString().substring(0, 13).replace('T', ' ')));
		assertThat(stored).isEqualTo(expected);
	}

	/** Which version of its row each finding has: another one after each write. */
	private Map<String, String> versions() {
		Map<String, String> versions = new HashMap<>();
		this.jdbc.sql("SELECT key_id, ctid || ' ' || xmin AS version FROM keysteward.finding_row").query((row) -> {
			versions.put(row.getString(1), row.getString(2));
		});
		return versions;
	}

	private static Set<String> some(Random random, int ofEight) {
		Set<String> some = new TreeSet<>();
		for (int key = 0; key < KEYS; key++) {
			if (random.nextInt(8) < ofEight) {
				some.add("k" + key);
			}
		}
		return some;
	}

	private static Map<String, Written> copy(Map<String, Written> model) {
		return new TreeMap<>(model);
	}

	private long run(boolean narrowed) {
		long run = this.jdbc.sql("""
				INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy, policy_sha256, sources,
				                            projects, narrowed, status)
				VALUES (:asOf, :asOf::timestamptz, 'REPORT', 'manual', 'test', :policy::jsonb, 'same', '{s}',
				        CASE WHEN :narrowed THEN '{p}'::text[] END, :narrowed, 'COMPLETE')
				RETURNING run_id
				""")
			.param("asOf", this.asOf.atOffset(ZoneOffset.UTC).toString())
			.param("narrowed", narrowed)
			.param("policy", """
					{"preset":"default","settings":{},"overrides":[],"rules":[],"placeholders":"1","sources":[]}""")
			.query(Long.class)
			.single();
		this.jdbc.sql("""
				INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at)
				SELECT run_id, 's', 's', 'READ', as_of FROM keysteward.run WHERE run_id = :run
				""").param("run", run).update();
		return run;
	}

	private void store(long run, boolean narrowed, Set<String> seen, Set<String> unknown) {
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, usage, status, judgement, findings, violations,
					                                     reasons, violation_at, grace_days)
					SELECT :run, 's', 'k' || n, 'USED', 'ACTIVE',
					       CASE WHEN 'k' || n = ANY (:unknown) THEN 'DATA_ERROR' ELSE 'JUDGED' END,
					       CASE WHEN 'k' || n = ANY (:seen) AND 'k' || n <> ALL (:unknown) THEN '{IDLE}' ELSE '{}' END::text[],
					       '{}', '{}', '{}', '{}'
					FROM generate_series(0, :keys - 1) n
					""")
			.param("run", run)
			.param("seen", seen.toArray(String[]::new))
			.param("unknown", unknown.toArray(String[]::new))
			.param("keys", narrowed ? KEYS / 2 : KEYS)
			.update();
	}

	/** A finding as the last run left it that saw it. */
	private record Written(boolean open, long lastSeen, int days) {

		Written resolved() {
			return new Written(false, this.lastSeen, this.days);
		}

	}

	private static final class Night {

		private final Instant asOf;

		private boolean complete = true;

		private Night(Instant asOf) {
			this.asOf = asOf;
		}

	}

}
