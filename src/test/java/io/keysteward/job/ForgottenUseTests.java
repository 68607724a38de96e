package io.keysteward.job;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A source forgets uses that it has shown before: a use is never forgotten.
 */
class ForgottenUseTests {

	private static final Instant NOW = Instant.now();

	private static final String SNAPSHOT = "keysteward.key_snapshot WHERE run_id = 2";

	private final Register register;

	ForgottenUseTests(@TempDir Path directory) {
		this.register = new Register(directory);
		for (int number = 10; number < 30; number++) {
			this.register.key("k" + number, ago(400), ago(1));
		}
	}

	@Test
	void usesThatAreNullAgainOrSetBackMakeNoKeyIdle() {
		assertThat(run("first")).as(this.register.err()).isZero();
		change("last_used_at = NULL", "id < 'k20'");
		change("last_used_at = last_used_at - interval '100 days'", "id BETWEEN 'k20' AND 'k28'");
		assertThat(run("second")).as(this.register.err()).isZero();
		assertThat(texts("SELECT DISTINCT usage || ' ' || idle_days || ' ' || findings::text FROM " + SNAPSHOT))
			.containsExactly("USED 1 {AGED}");
		assertThat(texts("SELECT count(known_use) || ' ' || count(last_used_at) FROM " + SNAPSHOT))
			.containsExactly("19 10");
		assertThat(texts("SELECT gone_back::text FROM keysteward.run_source ORDER BY run_id")).containsExactly("0",
				"19");
		assertThat(texts("SELECT detail FROM keysteward.run_hold WHERE gate = 'FRESH' AND run_id = 2")).containsExactly(
				"Source console forgets uses: of 19 of 20 keys it shows an older last use than an earlier reading has seen,"
						+ " or none.");
		assertThat(this.register.execute("find", "console/k10")).isZero();
		assertThat(this.register.out()).contains("(idle for 1 day); its source shows an older use now, or none")
			.doesNotContain("never");
	}

	@Test
	void aKeyThatIsCreatedAnewUnderItsIdIsJudgedByItsOwnUse() {
		change("last_used_at = '" + ago(300) + "'", "id = 'k10'");
		assertThat(run("first")).isZero();
		change("last_used_at = NULL, created_at = '" + ago(200) + "'", "id = 'k10'");
		assertThat(run("second")).isZero();
		assertThat(texts("SELECT usage || ' ' || findings::text || ' ' || coalesce(known_use::text, 'none') FROM "
				+ SNAPSHOT + " AND key_id = 'k10'"))
			.containsExactly("NEVER_USED {IDLE} none");
	}

	/**
	 * A migration that rounds creations to seconds, or corrects their zone, is no new
	 * key.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "400 milliseconds", "2 hours" })
	void aUseIsNotForgottenWhereTheCreationMoves(String by) {
		assertThat(run("first")).isZero();
		change("last_used_at = NULL, created_at = created_at + interval '" + by + "'", "id = 'k10'");
		assertThat(run("second")).isZero();
		assertThat(texts(
				"SELECT usage || ' ' || idle_days || ' ' || findings::text FROM " + SNAPSHOT + " AND key_id = 'k10'"))
			.containsExactly("USED 1 {AGED}");
	}

	@Test
	void aReadingThatDoesNotComeToItsEndTeachesNothing() {
		assertThat(run("first")).isZero();
		String before = uses();
		change("last_used_at = '" + ago(0) + "'", "true");
		this.register.keys().sql("""
				ALTER TABLE api_key DROP CONSTRAINT api_key_pkey CASCADE;
				INSERT INTO api_key (id, name, masked_key, owner_id, created_at)
				SELECT 'x' || least(n, 15000), 'n', 'sk-a****9xQ2', 'u', now() - interval '1 day'
				FROM generate_series(1, 15001) n
				""").update();
		assertThat(run("second")).isEqualTo(2);
		assertThat(this.register.err()).contains("key_id 'x15000' comes more than once");
		assertThat(uses()).isEqualTo(before);
		assertThat(texts("SELECT key_id FROM keysteward.key_use_gap_read")).isEmpty();
		this.register.keys().sql("DELETE FROM api_key WHERE id > 'x'").update();
		assertThat(run("second")).as(this.register.err()).isZero();
		assertThat(uses()).isNotEqualTo(before);
		assertThat(texts("SELECT key_id FROM keysteward.key_use_gap_read")).isEmpty();
	}

	@Test
	void aRunAsOfAnEarlierTimeKnowsWhatALaterOneHasSeen() {
		assertThat(this.register.execute("run", "--run-key=part", "--project=p")).as(this.register.err()).isZero();
		change("last_used_at = NULL", "id = 'k10'");
		assertThat(this.register.execute("run", "--run-key=late", "--as-of=" + ago(3))).as(this.register.err())
			.isZero();
		assertThat(texts("SELECT usage || ' ' || idle_days || ' ' || findings::text FROM keysteward.key_snapshot"
				+ " JOIN keysteward.run USING (run_id) WHERE run_key = 'late' AND key_id = 'k10'"))
			.containsExactly("USED 0 {AGED}");
	}

	@Test
	void whatAWrongClockSaidIsNoUseOnceThatTimeIsNotThereYet() {
		assertThat(run("first")).isZero();
		this.register.governance()
			.sql("UPDATE keysteward.key_block SET used = ARRAY(SELECT now() + interval '60 days' FROM unnest(used))")
			.update();
		change("last_used_at = '" + ago(100) + "'", "id = 'k10'");
		assertThat(run("second")).isZero();
		assertThat(texts("SELECT findings::text FROM " + SNAPSHOT + " AND key_id = 'k10'"))
			.containsExactly("{AGED,IDLE}");
		assertThat(texts(
				"SELECT max(u) < now() FROM keysteward.key_block, unnest(used) u WHERE u < now() + interval '50 days'"))
			.containsExactly("t");
	}

	@Test
	void whatIsSaidNotToBeKnownIsNotMissed() throws IOException {
		assertThat(run("first")).isZero();
		change("last_used_at = NULL", "true");
		nothingIsKnownYet();
		assertThat(run("second")).as(this.register.err()).isZero();
		assertThat(texts("SELECT gone_back::text FROM keysteward.run_source WHERE run_id = 2")).containsExactly("0");
		assertThat(texts("SELECT DISTINCT idle_days::text || findings::text FROM " + SNAPSHOT))
			.containsExactly("0{AGED}");
	}

	private String uses() {
		return String.join("\n",
				texts("SELECT concat_ws(' ', block, used, records, reading) FROM keysteward.key_block ORDER BY block"));
	}

	private int run(String key) {
		return this.register.execute("run", "--run-key=" + key);
	}

	private void change(String set, String where) {
		this.register.keys().sql("UPDATE api_key SET " + set + " WHERE " + where).update();
	}

	private List<String> texts(String sql) {
		return this.register.governance().sql(sql).query(String.class).list();
	}

	private static String ago(long days) {
		return NOW.minus(Duration.ofDays(days)).minusSeconds(60).toString();
	}

	/** The built-in definition, but that nothing is known from before now. */
	private void nothingIsKnownYet() throws IOException {
		Path config = this.register.reports().resolveSibling("config");
		Path folder = Files.createDirectories(config.resolve("sources/api-key-records"));
		for (String name : List.of("select.sql", "disable.sql", "restore.sql", "source.yaml")) {
			Files.writeString(folder.resolve(name), Register.read(Path.of("config/sources/api-key-records", name))
				.replace("granularity: PT5M", "granularity: PT5M\n  known-since: " + NOW));
		}
		Files.writeString(config.resolve("exemptions.yaml"), "exemptions: []\n");
		this.register.set("keysteward.config-directory", config.toString());
	}

}
