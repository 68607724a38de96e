package io.keysteward.disabling;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.DeniedColumns;
import io.keysteward.disabling.Nights.OwnerMail;
import io.keysteward.disabling.Nights.Past;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A key that is disabled and tried within its trial is switched on again by the next run
 * that may disable, and by no other. Most begin with the same nights, which are put back.
 */
@TestInstance(Lifecycle.PER_CLASS)
class TrialTests {

	private static final Instant START = Instant.parse("2026-06-01T02:00:00Z");

	private static final String KEY = "key-console-0001";

	private final Nights nights;

	private final Path directory;

	private final SimulatedSource source;

	private final Past evening;

	/** By the settings with which they began. */
	private final Map<Map<String, String>, NightsUntil> disabled = new HashMap<>();

	private Instant now = START;

	TrialTests(@TempDir Path directory) throws IOException {
		this.directory = directory;
		this.nights = new Nights(directory, START);
		this.source = this.nights.source("console", false);
		this.nights.returnDenied(this.source);
		this.nights.configure("owners.yaml", "owners: {}\n");
		this.nights.set("keysteward.disable.max-keys", "20")
			.set("keysteward.disable.max-percent", "100")
			.set("keysteward.disable.notice", "1d")
			.set("keysteward.disable.final-notice", "1d")
			.set("keysteward.disable.trial", "24h");
		this.source.change("INSERT INTO account (id, name, email) VALUES ('u', 'Ada', 'ada@example.com')");
		key(KEY);
		key("key-console-0002");
		this.evening = this.nights.remember();
	}

	@BeforeEach
	void itIsTheFirstEveningAgain() {
		this.nights.comesBack(this.evening);
		this.now = START;
	}

	@AfterAll
	void close() throws IOException {
		this.nights.close();
	}

	@Test
	void itIsSwitchedOnAgainAndFirstInTheMailAndNotDisabledAgainTheNextNights() {
		Instant disabledAt = disabled();
		this.nights.newMails();
		deny(disabledAt.plus(Duration.ofHours(3)));
		assertThat(night("--disable")).as(this.nights.register().err()).isZero();
		assertThat(status()).isEqualTo("active");
		assertThat(restores())
			.containsExactly("RESTORED It was tried on 2026-06-04 05:00 UTC, within its trial (disable.trial).");
		assertThat(this.nights.lastReportMail()).startsWith("ALARM: these keys were disabled, and are still tried,")
			.contains("console/" + KEY
					+ ": Disabled on 2026-06-04 02:00 UTC, and still tried: on 1 of the 1 day on which"
					+ " its source was read since, as far as is known for the last time on 2026-06-04 05:00 UTC."
					+ " That was within disable.trial: this run switched it on again.");
		assertThat(this.nights.newMails()).singleElement().satisfies((mail) -> {
			assertThat(mail.to()).containsExactly("ada@example.com");
			assertThat(mail.keys()).containsExactly(KEY);
			assertThat(mail.subject()).contains("on again");
		});
		assertThat(night("--disable")).isZero();
		assertThat(status()).isEqualTo("active");
		assertThat(plan()).isEqualTo("HELD {REENABLED,SEEN_BEFORE,NOTICE}");
		assertThat(this.nights.lastReportMail()).doesNotContain("ALARM");
		assertThat(this.nights.newMails()).extracting(OwnerMail::keys)
			.anySatisfy((keys) -> assertThat(keys).contains(KEY));
		assertThat(restores()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "86400, active", "86401, disabled", "60, disabled", "361, active", "360, disabled" })
	void onlyAnAttemptWithinTheTrialAndCertainlyAfterTheDisablingCounts(long seconds, String status) {
		deny(disabled().plusSeconds(seconds));
		night("--disable");
		night("--disable");
		assertThat(status()).isEqualTo(status);
	}

	@Test
	void aRunThatOnlyReportsSwitchesNothingOnAndTheNextOneThatMayDoes() {
		deny(disabled().plus(Duration.ofHours(3)));
		assertThat(night()).isZero();
		assertThat(status()).isEqualTo("disabled");
		assertThat(this.nights.lastReportMail()).startsWith("ALARM: ").doesNotContain("disable.trial");
		this.nights.set("keysteward.disable.armed", "false");
		assertThat(night()).isZero();
		assertThat(status()).isEqualTo("disabled");
		this.nights.set("keysteward.disable.armed", "true");
		night("--disable");
		assertThat(status()).isEqualTo("active");
	}

	@Test
	void withoutATrialNothingIsSwitchedOn() {
		this.nights.set("keysteward.disable.trial", "0");
		deny(disabled().plus(Duration.ofHours(3)));
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
		assertThat(this.nights.lastReportMail()).startsWith("ALARM: ");
		this.nights.set("keysteward.disable.trial", "48h");
		night("--disable");
		night("--disable");
		assertThat(status()).as("disabled before there were trials").isEqualTo("disabled");
	}

	@Test
	void aLongerTrialIsForKeysThatAreDisabledFromThenOn() {
		this.nights.set("keysteward.disable.trial", "2h");
		deny(disabled().plus(Duration.ofHours(3)));
		this.nights.set("keysteward.disable.trial", "24h");
		night("--disable");
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
	}

	@Test
	void aTrialThatWasSwitchedOffSwitchesNothingOn() {
		deny(disabled().plus(Duration.ofHours(3)));
		this.nights.set("keysteward.disable.trial", "2h");
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
		this.nights.set("keysteward.disable.trial", "0");
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
	}

	@Test
	void aKeyThatSomebodyHasChangedSinceIsLeftToPeople() {
		deny(disabled().plus(Duration.ofHours(3)));
		this.source.change("UPDATE api_key SET disabled_at = disabled_at + interval '1 hour' WHERE id = ?", KEY);
		night("--disable");
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
		assertThat(restores()).singleElement().asString().startsWith("SKIPPED_CHANGED It is not as that run left it");
	}

	@Test
	void aKeyThatCannotBeSwitchedOnNeedsAPersonAndIsTriedAgainTheNextNight() {
		deny(disabled().plus(Duration.ofHours(3)));
		this.source
			.change("ALTER TABLE api_key ADD CONSTRAINT stays CHECK (id <> '" + KEY + "' OR status = 'disabled')");
		assertThat(night("--disable")).isEqualTo(6);
		assertThat(this.nights.register().err())
			.contains("but a key that was tried within its trial could not be switched on again: ");
		assertThat(this.nights.lastReportMail()).startsWith("ALARM: ").doesNotContain("switched it on again");
		this.source.change("ALTER TABLE api_key DROP CONSTRAINT stays");
		assertThat(night("--disable")).isZero();
		assertThat(status()).isEqualTo("active");
	}

	@Test
	void aTimeThatCannotBeRightSwitchesNothingOn() {
		disabled();
		deny(this.now.plus(Duration.ofDays(40)));
		night("--disable");
		assertThat(status()).isEqualTo("disabled");
	}

	@Test
	void aKeyThatSomebodySwitchedOnIsNotTouched() {
		deny(disabled().plus(Duration.ofHours(3)));
		this.source.change(
				"UPDATE api_key SET status = 'active', disabled_at = NULL, disabled_by_run = NULL WHERE id = ?", KEY);
		night("--disable");
		assertThat(restores()).isEmpty();
	}

	/** What is left to switch on is rehearsed with the copy only. */
	@Test
	void aRehearsalSwitchesNothingOnInTheSource() {
		deny(disabled().plus(Duration.ofHours(3)));
		night();
		Instant morning = this.now.minus(Duration.ofHours(16));
		assertThat(
				this.nights.execute(morning, "rehearse", "--nights=2", "--to=" + this.directory.resolve("rehearsed")))
			.as(this.nights.register().err())
			.isZero();
		assertThat(status()).isEqualTo("disabled");
		assertThat(restores()).isEmpty();
		night("--disable");
		assertThat(status()).isEqualTo("active");
	}

	/** Nights until the key is off; nobody has touched the source before. */
	private Instant disabled() {
		NightsUntil known = this.disabled.computeIfAbsent(this.nights.register().properties(),
				(settings) -> nightsUntilDisabled());
		this.nights.comesBack(known.past());
		this.now = known.now();
		return this.now.minus(Duration.ofDays(1));
	}

	private NightsUntil nightsUntilDisabled() {
		for (int night = 0; night < 8 && !status().equals("disabled"); night++) {
			night("--disable");
		}
		assertThat(status()).isEqualTo("disabled");
		return new NightsUntil(this.nights.remember(), this.now);
	}

	private int night(String... options) {
		this.source.change("UPDATE api_key SET last_used_at = ? WHERE id = 'key-console-0002'",
				this.now.minus(Duration.ofHours(1)));
		String[] command = new String[options.length + 1];
		command[0] = "run";
		System.arraycopy(options, 0, command, 1, options.length);
		int exit = this.nights.execute(this.now, command);
		this.now = this.now.plus(Duration.ofDays(1));
		return exit;
	}

	private void key(String id) {
		this.source.change("""
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at, last_used_at)
				VALUES (?, ?, 'sk-a****9xQ2', 'u', ?, ?)
				""", id, "service " + id, START.minus(Duration.ofDays(400)), START.minus(Duration.ofDays(200)));
	}

	private void deny(Instant at) {
		DeniedColumns.deny(this.source.jdbc(), KEY, at);
	}

	private String status() {
		return this.source.jdbc()
			.sql("SELECT status FROM api_key WHERE id = ?")
			.param(KEY)
			.query(String.class)
			.single();
	}

	private List<String> restores() {
		return this.nights.governance()
			.sql("SELECT concat_ws(' ', outcome, detail) FROM keysteward.key_action WHERE action = 'RESTORE' ORDER BY 1")
			.query(String.class)
			.list();
	}

	private String plan() {
		return this.nights.governance().sql("""
				SELECT decision || ' ' || closed_gates::text FROM keysteward.key_action
				WHERE action = 'DISABLE' AND key_id = :key ORDER BY run_id DESC LIMIT 1
				""").param("key", KEY).query(String.class).single();
	}

	/**
	 * What nights have left that did what a test begins with.
	 *
	 * @param now the time of the next one
	 */
	private record NightsUntil(Past past, Instant now) {
	}

}
