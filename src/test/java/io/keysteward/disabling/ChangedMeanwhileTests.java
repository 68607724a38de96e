package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;

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
		this.armed.dead("dead").watched().told("dead");
		endsBeforeTheChange();
		exempt("");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead DUE FAILED");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatWasBegunSurvivesWhenExemptionsCannotBeReadAnyMore() throws IOException {
		this.armed.dead("dead").dead("other").watched().told("dead").told("other");
		endsBeforeTheChange();
		exempt("exemptions: [{id: EX-1, covers");
		assertThat(this.armed.run("--disable")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead DUE FAILED", "other HELD EXEMPT");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aKeyThatWasBegunIsNotPartOfABrokenBreaker() throws IOException {
		this.armed.register.set("keysteward.disable.max-percent", "100");
		this.armed.dead("dead-1").dead("dead-2").dead("dead-3").watched().told("dead-1").told("dead-2").told("dead-3");
		endsBeforeTheChange();
		this.armed.register.set("keysteward.disable.max-keys", "1");
		assertThat(this.armed.run("--disable", "--accept-policy-change")).isEqualTo(3);
		assertThat(this.armed.actions()).containsExactly("dead-1 DUE FAILED", "dead-2 HELD BREAKER",
				"dead-3 HELD BREAKER");
		assertThat(this.armed.status("dead-1")).isEqualTo("active");
	}

	@Test
	void anOrphanThatIsIdleAnewIsWarnedAnew() throws IOException {
		this.armed.dead("dead");
		this.armed.register.keys().sql("UPDATE account SET disabled_at = now() - interval '100 days'").update();
		this.armed.register.set("keysteward.policy.orphaned.grace", "5d")
			.set("keysteward.policy.idle.violation", "300d");
		this.armed.watched().told("dead");
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
		this.armed.dead("dead").watched().told("dead");
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
		this.armed.dead("dead").watched().told("dead");
		this.armed.register.keys().sql("""
				UPDATE api_key SET created_at = now() - interval '11 days', last_used_at = NULL WHERE id = 'dead'
				""").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void runsOfOneEveningAreOneDayWhateverTheirAsOfs() {
		this.armed.dead("dead").watchedTonight().told("dead");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD SEEN_BEFORE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aPauseIsNotBridgedByRunsAsOfTheDaysThatWereMissed() {
		this.armed.dead("dead").watched("r.run_key IN ('before-30', 'before-21')").told("dead");
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
		this.armed.watched().told("dead");
		Files.writeString(owners, "owners: { u: [bo@example.com] }");
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).containsExactly("dead HELD NOTICE");
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void aDirectoryThatIsEmptyOverNightDisablesNobody() {
		this.armed.register.set("keysteward.mail.fallback", "keys@example.com");
		this.armed.dead("dead").watched().told("dead");
		this.armed.register.keys().sql("DELETE FROM account").update();
		assertThat(this.armed.run("--disable")).isZero();
		assertThat(this.armed.actions()).hasSize(3).contains("dead HELD NOTICE").allMatch((it) -> it.contains("HELD"));
		assertThat(this.armed.status("dead")).isEqualTo("active");
	}

	@Test
	void anOwnersFileThatIsBrokenMeanwhileKeepsNobodyFromLookingAndRestoring() throws IOException {
		this.armed.dead("dead").watched().told("dead");
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
		this.armed.told("dead");
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
