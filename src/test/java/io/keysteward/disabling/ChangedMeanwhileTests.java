package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.util.FileSystemUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whole runs before which something has changed of what was said or begun.
 */
class ChangedMeanwhileTests {

	private final ArmedRegister armed;

	private final Path config;

	ChangedMeanwhileTests(@TempDir Path directory) throws IOException {
		this.armed = new ArmedRegister(directory);
		this.config = directory.resolve("config");
		FileSystemUtils.copyRecursively(Path.of("config", "sources"), this.config.resolve("sources"));
		this.armed.register.set("keysteward.config-directory", this.config.toString());
		exempt("exemptions: []");
		Files.writeString(this.config.resolve("owners.yaml"), "owners: {}");
	}

	@Test
	void aKeyThatWasBegunAndIsExemptWhenTheRunGoesOnSurvives() throws IOException {
		this.armed.dead("dead").watched().warnedTwice("dead");
		endsBeforeTheChange();
		exempt("");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD EXEMPT");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyWhoseProjectCameBackBeforeAKilledRunGoesOnSurvives() {
		this.armed.dead("dead").dead("other");
		this.armed.register.keys().sql("UPDATE project SET deleted_at = now() - interval '100 days'").update();
		this.armed.watched().warnedTwice("dead").warnedTwice("other");
		endsBeforeTheChange();
		this.armed.register.keys().sql("UPDATE project SET deleted_at = NULL").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).contains("dead DUE SKIPPED_CHANGED", "other DUE SKIPPED_CHANGED");
		assertThat(this.armed.status("dead")).isEqualTo("active");
		assertThat(this.armed.status("other")).isEqualTo("active");
	}

	@Test
	void aSelectThatHidesWhatIsOffDisablesNoKeyThatChangedHandsOrKind() throws IOException {
		edit("select.sql", (sql) -> sql + "\nWHERE k.status = 'active'\n");
		this.armed.dead("dead").dead("other").watched().warnedTwice("dead").warnedTwice("other");
		endsBeforeTheChange();
		this.armed.register.keys().sql("UPDATE api_key SET kind = 'system' WHERE id = 'other'").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE DISABLED", "other DUE SKIPPED_CHANGED");
		assertThat(this.armed.status("other")).isEqualTo("active");
	}

	@Test
	void aSourceWhoseDisableDeletesDisablesAndWarnsNobodyAndTheOthersGoOn() throws IOException {
		edit("disable.sql",
				(sql) -> """
						DELETE FROM api_key WHERE id = :key_id AND last_used_at IS NOT DISTINCT FROM CAST(:last_used_at AS timestamptz)
						RETURNING name, owner_id, project_id
						""");
		edit("restore.sql",
				(sql) -> """
						INSERT INTO api_key (id, name, masked_key, owner_id, project_id)
						SELECT CAST(:key_id AS text), CAST(:name AS text), 'sk-a****9xQ2', CAST(:owner_id AS text), CAST(:project_id AS text)
						""");
		this.armed.register.keys().sql("GRANT DELETE, INSERT ON api_key TO keysteward_disabler").update();
		this.armed.dead("dead").dead("unwarned").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD KIND", "unwarned HELD KIND");
		assertThat(this.armed.register.keys().sql("SELECT count(*) FROM api_key").query(Long.class).single())
			.isEqualTo(4);
		assertThat(this.armed.register.governance().sql("""
				SELECT count(*) FROM keysteward.key_action JOIN keysteward.run USING (run_id)
				WHERE run_key = 'tonight' AND next_notice IS NOT NULL
				""").query(Long.class).single()).isZero();
		assertThat(this.armed.register.execute("check")).isEqualTo(2);
		assertThat(this.armed.register.out() + this.armed.register.err())
			.contains("disable.sql: deletes 1 row (public.api_key: 1); it was rolled back");
	}

	@Test
	void checkSaysWhereNoKeyIsEverAsItWasRead() throws IOException {
		edit("select.sql", (sql) -> sql.replace("k.name,", "'read at ' || clock_timestamp() AS name,"));
		this.armed.dead("dead");
		assertThat(this.armed.register.execute("check")).isEqualTo(2);
		assertThat(this.armed.register.out() + this.armed.register.err())
			.contains("nothing could be rehearsed: no key is as it was read a moment ago, such as ")
			.contains(": name was 'read at ")
			.contains("let its select.sql return nothing that changes by itself");
	}

	@Test
	void aSourceThatCanNeverBeDisabledHoldsNoOtherAndNoExitCode() throws IOException {
		TestDatabase other = TestDatabase.empty();
		Register.create(other);
		other.jdbc()
			.sql("INSERT INTO api_key (id, name, masked_key, project_id) VALUES ('unrecorded', 'x', 'sk-a****9xQ2', 'gone')")
			.update();
		Path definition = this.config.resolve("sources/unrecorded");
		FileSystemUtils.copyRecursively(this.config.resolve("sources/api-key-records"), definition);
		Path yaml = definition.resolve("source.yaml");
		Files.writeString(yaml, Files.readString(yaml).replace("recorded: full", "recorded: none"));
		this.armed.register.source(1, "unrecorded", other).set("keysteward.sources[1].definition", "unrecorded");
		this.armed.dead("dead").watchedAnew().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).as(this.armed.register.err()).isZero();
		assertThat(this.armed.actions()).contains("dead DUE DISABLED")
			.anyMatch((action) -> action.startsWith("unrecorded HELD KIND,LEVEL"));
		assertThat(this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE key_id = 'unrecorded' ORDER BY action_id DESC LIMIT 1")
			.query(String.class)
			.single()).contains("Its source cannot disable: ", "source.yaml says usage.recorded: none");
		assertThat(this.armed.register.execute("check")).isZero();
		assertThat(this.armed.register.out()).contains("cannot disable: ").contains("usage.recorded: none");
	}

	@Test
	void aKeyThatIsExemptSinceItWasPlannedSurvives() throws Exception {
		this.armed.dead("dead").watched().warnedTwice("dead");
		CompletableFuture<Integer> run;
		try (PauseSignal stop = new PauseSignal(this.armed.register.governanceDatabase(),
				"AFTER INSERT ON keysteward.key_action FOR EACH STATEMENT")) {
			run = CompletableFuture.supplyAsync(() -> this.armed.run("--disable"));
			stop.await();
			exempt("");
		}
		assertThat(run.get(120, TimeUnit.SECONDS)).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE SKIPPED_CHANGED");
		assertThat(this.armed.register.governance()
			.sql("SELECT detail FROM keysteward.key_action WHERE outcome = 'SKIPPED_CHANGED'")
			.query(String.class)
			.single())
			.isEqualTo("It is judged anew: it was AGED, IDLE (violation), and is AGED (exempt by EX-1), IDLE (exempt by"
					+ " EX-1). It was left alone.");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	private void edit(String file, UnaryOperator<String> change) throws IOException {
		Path path = this.config.resolve("sources/api-key-records").resolve(file);
		Files.writeString(path, change.apply(Files.readString(path)));
	}

	@Test
	void aKeyThatWasBegunSurvivesWhenExemptionsCannotBeReadAnyMore() throws IOException {
		this.armed.dead("dead").dead("other").watched().warnedTwice("dead").warnedTwice("other");
		endsBeforeTheChange();
		exempt("exemptions: [{id: EX-1, covers");
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead HELD EXEMPT", "other HELD EXEMPT");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatWasBegunIsNotPartOfABrokenBreaker() throws IOException {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("dead-1")
			.dead("dead-2")
			.dead("dead-3")
			.watched()
			.warnedTwice("dead-1")
			.warnedTwice("dead-2")
			.warnedTwice("dead-3");
		endsBeforeTheChange();
		this.armed.register.set("keysteward.disable.max-keys", "1");
		assertThat(this.armed.run("--disable", "--accept-policy-change")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead-1 HELD BREAKER", "dead-2 HELD BREAKER",
				"dead-3 HELD BREAKER");
		assertThat(this.armed.status("dead-1")).isEqualTo("active");
	}

	@Test
	void anOrphanThatIsIdleAnewIsWarnedAnew() throws IOException {
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE account SET disabled_at = now() - interval '100 days'").update();
		this.armed.register.set("keysteward.policy.orphaned.grace", "5d")
			.set("keysteward.policy.idle.violation", "300d");
		this.armed.watched().warnedTwice("dead");
		exempt("rules: [IDLE]");
		assertThat(this.armed.register.execute("run", "--run-key=exempt", "--as-of=" + this.armed.ago(1))).isZero();
		exempt("exemptions: []");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).contains("dead HELD SEEN_BEFORE,NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aWarningFromBeforeAKeysLastUseCountsNoMore() {
		this.armed.register.set("keysteward.policy.idle.warn", "3d").set("keysteward.policy.idle.violation", "4d");
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = now() - interval '11 days' WHERE id = 'dead'")
			.update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatWasMadeAnewUnderAnOldIdIsWarnedAnew() {
		this.armed.register.set("keysteward.policy.idle.warn", "3d").set("keysteward.policy.idle.violation", "4d");
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys().sql("""
				UPDATE api_key SET created_at = now() - interval '11 days', last_used_at = NULL WHERE id = 'dead'
				""").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void runsOfOneEveningAreOneDayWhateverTheirAsOfs() {
		this.armed.dead("dead").watchedTonight().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD SEEN_BEFORE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aPauseIsNotBridgedByRunsAsOfTheDaysThatWereMissed() {
		this.armed.dead("dead").watched("r.run_key IN ('before-30', 'before-21')").warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void whoIsWrittenInsteadOfAnOwnerHasNotBeenTold() throws IOException {
		Path owners = this.config.resolve("owners.yaml");
		Files.writeString(owners, "owners: { u: [ada@example.com] }");
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE account SET email = NULL").update();
		this.armed.watched().warnedTwice("dead");
		Files.writeString(owners, "owners: { u: [bo@example.com] }");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aDirectoryThatIsEmptyOverNightDisablesNobody() {
		this.armed.register.set("keysteward.mail.fallback", "keys@example.com");
		this.armed.dead("dead").watched().warnedTwice("dead");
		this.armed.register.keys().sql("DELETE FROM account").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).hasSize(3).contains("dead HELD NOTICE").allMatch((it) -> it.contains("HELD"));
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void anOwnersFileThatIsBrokenMeanwhileKeepsNobodyFromLookingAndRestoring() throws IOException {
		this.armed.dead("dead").watched().warnedTwice("dead");
		assertThat(this.armed.run("--disable")).isZero();
		Files.writeString(this.config.resolve("owners.yaml"), "owners: { u: [no address");
		assertThat(this.armed.register.execute("runs")).as("runs").isZero();
		assertThat(this.armed.register.execute("find", "dead")).as("find").isZero();
		assertThat(this.armed.register.execute("report", "--run-key=tonight",
				"--output=" + this.config.resolve("again.xlsx")))
			.as(this.armed.register.err())
			.isZero();
		assertThat(this.armed.register.execute("restore", "--key=console/dead")).as("restore").isZero();
		assertThat(this.armed.register.execute("run", "--run-key=next", "--disable")).isEqualTo(2);
		assertThat(this.armed.register.err()).contains("owners.yaml").hasLineCount(1);
		this.armed.register.set("keysteward.mail.warn-owners", "false");
		assertThat(this.armed.register.execute("run", "--run-key=next")).isEqualTo(2);
	}

	@Test
	void anOldAsOfOpensNoWindow() {
		this.armed.dead("dead").watched();
		this.armed.register.set("keysteward.disable.window.days",
				LocalDate.now(ZoneOffset.UTC).minusDays(1).getDayOfWeek().name());
		this.armed.warnedTwice("dead");
		this.armed.register.keys()
			.sql("UPDATE api_key SET last_used_at = now() - interval '25 hours' WHERE id LIKE 'alive%'")
			.update();
		String yesterday = this.armed.now.minus(Duration.ofHours(23)).toString();
		assertThat(this.armed.run("--disable", "--accept-policy-change", "--as-of=" + yesterday)).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD WINDOW");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	/** What disables ends after the first intent and before its change. */
	private void endsBeforeTheChange() {
		this.armed.register.governance().sql("""
				CREATE FUNCTION public.lost() RETURNS trigger LANGUAGE plpgsql AS $$
				BEGIN RAISE EXCEPTION 'lost'; END $$;
				CREATE TRIGGER lost BEFORE UPDATE ON keysteward.key_action FOR EACH ROW
				WHEN (NEW.undo IS NOT NULL AND NEW.outcome IS NULL) EXECUTE FUNCTION public.lost()
				""").update();
		assertThat(this.armed.run("--disable")).isEqualTo(1);
		this.armed.register.governance().sql("DROP TRIGGER lost ON keysteward.key_action").update();
	}

	/** Writes this, or an exemption of the key "dead" by these rules. */
	private void exempt(String text) throws IOException {
		String exemptions = text.startsWith("exemptions") ? text : """
				exemptions:
				  - id: EX-1
				    covers: { key: dead }
				    %s
				    reason: it waits for a release
				    approver: jonas@example.com
				    ticket: T-1
				    expires: %s
				""".formatted(text, LocalDate.now(ZoneOffset.UTC).plusDays(30));
		Files.writeString(this.config.resolve("exemptions.yaml"), exemptions + "\n");
	}

}
