package io.keysteward.disabling;

import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens at the same time as a run, and what two runs make of one register.
 */
class RaceTests {

	private static final String INTENT = "BEFORE UPDATE ON keysteward.key_action FOR EACH ROW"
			+ " WHEN (OLD.intended_at IS NULL AND NEW.intended_at IS NOT NULL)";

	private final Path directory;

	private final ArmedRegister armed;

	RaceTests(@TempDir Path directory) {
		this.directory = directory;
		this.armed = new ArmedRegister(directory.resolve("one"));
	}

	@Test
	void aKeyThatIsUsedBetweenReadingAndWritingSurvives() throws Exception {
		this.armed.dead("dead").watched().warnedTwice("dead");
		CompletableFuture<Integer> run;
		try (PauseSignal stop = new PauseSignal(this.armed.register.governanceDatabase(), INTENT)) {
			run = start();
			stop.await();
			this.armed.register.keys().sql("UPDATE api_key SET last_used_at = now() WHERE id = 'dead'").update();
		}
		assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE SKIPPED_CHANGED");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aNeverUsedKeyThatIsMadeAnewUnderItsIdBetweenReadingAndWritingSurvives() throws Exception {
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE api_key SET last_used_at = NULL WHERE id = 'dead'").update();
		survivesWhenMeanwhile("DELETE FROM api_key WHERE id = 'dead'; INSERT INTO api_key (id, name, masked_key,"
				+ " project_id, owner_id) VALUES ('dead', 'new', 'sk-a****9xQ2', 'p', 'u')");
	}

	@Test
	void aKeyThatIsGivenToSomebodyElseBetweenReadingAndWritingSurvives() throws Exception {
		this.armed.dead("dead");
		survivesWhenMeanwhile("UPDATE api_key SET owner_id = 'v' WHERE id = 'dead'");
	}

	@Test
	void aKeyWhoseProjectComesBackBetweenReadingAndWritingSurvives() throws Exception {
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE project SET deleted_at = now() - interval '100 days'").update();
		survivesWhenMeanwhile("UPDATE project SET deleted_at = NULL");
		assertThat(detail())
			.isEqualTo("It is not as it was read: project_state was deleted, is ok. It was left alone.");
	}

	@Test
	void aKeyThatIsRenamedOrProlongedBetweenReadingAndWritingSurvives() throws Exception {
		this.armed.dead("dead");
		survivesWhenMeanwhile("UPDATE api_key SET name = 'night job', expires_at = '2199-01-01Z' WHERE id = 'dead'");
		assertThat(detail())
			.isEqualTo("It is not as it was read: name was 'service dead', is 'night job'; expires_at was"
					+ " null, is 2199-01-01T00:00:00Z. It was left alone.");
	}

	private String detail() {
		return this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE outcome = 'SKIPPED_CHANGED'")
			.query(String.class)
			.single();
	}

	private void survivesWhenMeanwhile(String change) throws Exception {
		this.armed.watched().warnedTwice("dead");
		CompletableFuture<Integer> run;
		try (PauseSignal stop = new PauseSignal(this.armed.register.governanceDatabase(), INTENT)) {
			run = start();
			stop.await();
			this.armed.register.keys().sql(change).update();
		}
		assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
		assertThat(this.armed.actions()).contains("dead DUE SKIPPED_CHANGED");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyWhoseFirstUseIsBeingWrittenAtThatMomentSurvives() throws Exception {
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE api_key SET last_used_at = NULL WHERE id = 'dead'").update();
		this.armed.watched().warnedTwice("dead");
		CompletableFuture<Integer> run;
		try (Connection user = this.armed.register.keysDatabase().dataSource().getConnection();
				var statement = user.createStatement()) {
			user.setAutoCommit(false);
			statement.execute("UPDATE api_key SET last_used_at = now() WHERE id = 'dead'");
			run = start();
			PauseSignal.awaitRowLock(this.armed.register.keysDatabase());
			user.commit();
		}
		assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE SKIPPED_CHANGED");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatSomebodyHoldsOnToIsNotWaitedForAndDoesNotKeepTheOthers() throws Exception {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("held").dead("other").watched().warnedTwice("held").warnedTwice("other");
		try (Connection holder = this.armed.register.keysDatabase().dataSource().getConnection();
				var statement = holder.createStatement()) {
			holder.setAutoCommit(false);
			statement.execute("SELECT FROM api_key WHERE id = 'held' FOR UPDATE");
			assertThat(this.armed.run("--disable")).isEqualTo(1);
			assertThat(this.armed.register.err()).contains("1 of 2 due keys could not be disabled yet: ",
					"canceling statement due to lock timeout", "the run tries again when it is started again");
			assertThat(this.armed.run("--disable")).isEqualTo(1);
		}
		assertThat(this.armed.status("held")).isEqualTo("active");
		assertThat(this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE outcome IS NULL AND failure = 'MAY_PASS'")
			.query(String.class)
			.single()).contains("disable.sql: canceling statement due to lock timeout");
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).containsExactly("held DUE DISABLED", "other DUE DISABLED");
	}

	@Test
	void ofTwoRunsAtOnceOneWorksAndTheOtherIsRefused() throws Exception {
		this.armed.dead("dead").watched().warnedTwice("dead");
		CompletableFuture<Integer> run;
		try (PauseSignal stop = new PauseSignal(this.armed.register.governanceDatabase(), INTENT)) {
			run = start();
			stop.await();
			assertThat(this.armed.run("--disable")).isEqualTo(4);
			assertThat(this.armed.register.execute("run", "--run-key=other", "--disable")).isEqualTo(4);
		}
		assertThat(run.get(60, TimeUnit.SECONDS)).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED");
	}

	@Test
	void aDryRunSaysExactlyWhatAnArmedRunDoes() {
		ArmedRegister twin = new ArmedRegister(this.directory.resolve("two"));
		for (ArmedRegister one : List.of(this.armed, twin)) {
			for (String id : List.of("dead-1", "dead-2", "unwarned", "system", "woken", "lost")) {
				one.dead(id);
			}
			one.register.set("keysteward.disable.max-percent", "100");
			one.register.keys().sql("UPDATE api_key SET kind = 'system' WHERE id = 'system'").update();
			one.register.keys().sql("UPDATE api_key SET project_id = 'gone' WHERE id = 'lost'").update();
			one.watchedAnew()
				.warnedTwice("dead-1")
				.warnedTwice("dead-2")
				.warnedTwice("system")
				.warnedTwice("woken")
				.warnedTwice("lost");
			one.register.keys().sql("UPDATE api_key SET last_used_at = now() WHERE id = 'woken'").update();
		}
		assertThat(twin.run()).isZero();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions())
			.isEqualTo(twin.actions().stream().map((line) -> line.replace("WOULD_DISABLE", "DISABLED")).toList())
			.contains("dead-1 DUE DISABLED", "lost DUE DISABLED", "unwarned HELD NOTICE");
		assertThat(twin.register.keys()
			.sql("SELECT count(*) FROM api_key WHERE status <> 'active'")
			.query(Long.class)
			.single()).isZero();
	}

	private CompletableFuture<Integer> start() {
		return CompletableFuture.supplyAsync(() -> this.armed.run("--disable"));
	}

}
