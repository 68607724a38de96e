package io.keysteward.finding;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.TestDatabase;
import io.keysteward.run.Run;
import io.keysteward.run.Runs;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On how many days a finding has been seen: no key is disabled for what one night alone
 * has said.
 */
class SeenDaysTests {

	private final DataSource dataSource = TestDatabase.migrated().dataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final Runs runs = new Runs(this.jdbc, JsonMapper.shared());

	private final Findings findings = new Findings(this.jdbc, List.of());

	private final TransactionTemplate transaction = new TransactionTemplate(
			new DataSourceTransactionManager(this.dataSource));

	private long run;

	@Test
	void aNewFindingHasBeenSeenOnOneDay() {
		run("2026-11-01T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
	}

	@Test
	void eachFurtherDayCountsOnce() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		seen();
		run("2026-11-05T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(3);
	}

	@Test
	void theSameRunCountsOnceHoweverOftenItReconciles() {
		run("2026-11-01T02:00:00Z");
		seen();
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-02T02:00:00Z");
		seen();
		seen();
		seen();
		assertThat(days()).isEqualTo(2);
	}

	@Test
	void twoRunsOfADayCountAsOneByUtc() {
		run("2026-11-01T00:00:00Z");
		seen();
		run("2026-11-01T23:59:59Z");
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-02T00:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
	}

	@Test
	void daysThatWereOnlySaidDoNotCount() {
		run("2026-10-30T02:00:00Z", "2026-11-05T20:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z", "2026-11-05T20:10:00Z");
		seen();
		run("2026-11-05T20:20:00Z", "2026-11-05T20:20:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-05T23:00:00Z", "2026-11-06T01:00:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-07T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
	}

	@Test
	void aRunThatNeverCompletedDoesNotCount() {
		run("2026-11-01T02:00:00Z");
		seen();
		failed();
		run("2026-11-02T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-03T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
		failed();
		run("2026-11-04T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
	}

	private void failed() {
		this.jdbc.sql("UPDATE keysteward.run SET status = 'FAILED' WHERE run_id = :run")
			.param("run", this.run)
			.update();
	}

	@Test
	void theServersTimeZoneChangesNothing() {
		this.transaction.executeWithoutResult((status) -> {
			this.jdbc.sql("SET LOCAL TIME ZONE 'Asia/Tokyo'").update();
			run("2026-11-01T14:00:00Z");
			seen();
			run("2026-11-01T16:00:00Z");
			seen();
		});
		assertThat(days()).isEqualTo(1);
	}

	@Test
	void aFindingThatComesBackStartsAtOne() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		seen();
		run("2026-11-03T02:00:00Z");
		notSeen();
		assertThat(days()).isEqualTo(2);
		run("2026-11-04T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
		seen();
		assertThat(days()).isEqualTo(1);
		run("2026-11-05T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
	}

	@Test
	void aFindingThatComesBackOnTheSameDayStartsAtOne() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		seen();
		run("2026-11-02T03:00:00Z");
		notSeen();
		run("2026-11-02T04:00:00Z");
		seen();
		assertThat(days()).isEqualTo(1);
	}

	@Test
	void whatARunTookBackAndThenSawCountsThatDayOnce() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		notSeen();
		seen();
		assertThat(days()).isEqualTo(2);
		notSeen();
		seen();
		assertThat(days()).isEqualTo(2);
	}

	@Test
	void whatARunReopenedAndTookBackAndSawAgainStaysAtOne() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		notSeen();
		run("2026-11-03T02:00:00Z");
		seen();
		notSeen();
		seen();
		assertThat(days()).isEqualTo(1);
	}

	@Test
	void aDayOnWhichTheKeyCouldNotBeJudgedDoesNotCount() {
		run("2026-11-01T02:00:00Z");
		seen();
		run("2026-11-02T02:00:00Z");
		key("judgement = 'DATA_ERROR', findings = '{}'");
		assertThat(days()).isEqualTo(1);
		run("2026-11-03T02:00:00Z");
		seen();
		assertThat(days()).isEqualTo(2);
	}

	private void seen() {
		key("findings = '{IDLE}'");
	}

	private void notSeen() {
		key("findings = '{}'");
	}

	private void key(String set) {
		this.jdbc.sql("DELETE FROM keysteward.key_snapshot WHERE run_id = :run").param("run", this.run).update();
		this.jdbc
			.sql("""
					INSERT INTO keysteward.key_snapshot (run_id, source, key_id, usage, status, judgement, findings, violations,
					                                     reasons, violation_at, grace_days)
					VALUES (:run, 's', 'k', 'USED', 'ACTIVE', 'JUDGED', '{}', '{}', '{}', '{}', '{}')
					""")
			.param("run", this.run)
			.update();
		this.jdbc.sql("UPDATE keysteward.key_snapshot SET " + set + " WHERE run_id = :run")
			.param("run", this.run)
			.update();
		Run stored = this.runs.get(this.run);
		this.transaction.executeWithoutResult((status) -> this.findings.reconcile(stored));
	}

	private void run(String asOf) {
		run(asOf, asOf);
	}

	/** One that is complete unless it is said to have failed. */
	private void run(String asOf, String read) {
		this.run = this.jdbc.sql("""
				INSERT INTO keysteward.run (run_key, as_of, mode, trigger, requested_by, policy, policy_sha256, sources,
				                            narrowed, status)
				VALUES (:asOf, :asOf::timestamptz, 'REPORT', 'manual', 'test', :policy::jsonb, 'same', '{s}', false,
				        'COMPLETE')
				RETURNING run_id
				""")
			.param("asOf", Instant.parse(asOf).atOffset(ZoneOffset.UTC).toString())
			.param("policy", """
					{"preset":"default","settings":{},"overrides":[],"rules":[],"placeholders":"1","sources":[]}""")
			.query(Long.class)
			.single();
		this.jdbc
			.sql("INSERT INTO keysteward.run_source (run_id, source, title, status, snapshot_at)"
					+ " VALUES (:run, 's', 's', 'READ', :at::timestamptz)")
			.param("run", this.run)
			.param("at", read)
			.update();
	}

	private long days() {
		return this.jdbc.sql("SELECT seen_days FROM keysteward.finding").query(Long.class).single();
	}

}
