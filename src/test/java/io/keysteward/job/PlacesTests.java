package io.keysteward.job;

import java.nio.file.Path;

import io.keysteward.Register;
import io.keysteward.TestDatabase;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a source is, is what it shows: whole runs.
 */
@ExtendWith(OutputCaptureExtension.class)
class PlacesTests {

	private final Register register;

	PlacesTests(@TempDir Path directory) {
		this.register = new Register(directory);
		this.register.key("k1", "2026-01-01T00:00:00Z", "2026-02-01T00:00:00Z");
	}

	@Test
	void theSameKeysUnderTwoIdsAreRefusedWhateverTheHostIsCalled() {
		TestDatabase keys = this.register.keysDatabase().as("keysteward_disabler");
		this.register.source(1, "other",
				new TestDatabase(keys.url().replace("localhost", "127.0.0.1"), keys.username(), keys.password()));
		assertThat(this.register.execute("run", "--run-key=tonight")).isEqualTo(2);
		assertThat(this.register.err()).hasLineCount(1)
			.contains("keysteward.sources: 'other' shows the same keys as 'console'")
			.contains("exempt only once; take one of the two out");
		assertThat(this.register.execute("check")).isEqualTo(2);
		assertThat(this.register.err() + this.register.out()).contains("'other' shows the same keys as 'console'");
		assertThat(this.register.governance().sql("SELECT count(*) FROM keysteward.run").query(Long.class).single())
			.isZero();
	}

	@Test
	void twoTenantsBySearchPathAreTwoSources() {
		this.register.keys().sql("CREATE SCHEMA tenant").update();
		TestDatabase tenant = this.register.keysDatabase().in("tenant");
		Register.create(tenant);
		this.register.keys().sql("GRANT USAGE ON SCHEMA tenant TO PUBLIC").update();
		this.register.source(1, "tenant", tenant.as("keysteward_disabler"));
		assertThat(this.register.execute("run", "--run-key=tonight")).as(this.register.err()).isZero();
	}

	@Test
	void aPlaceIsRecordedWithThePolicyAndAMoveIsSaid(CapturedOutput output) {
		assertThat(this.register.execute("run", "--run-key=one")).isZero();
		assertThat(place("one")).startsWith("database ").contains(", role keysteward_disabler, server ");
		this.register.set("keysteward.sources[0].datasource.url",
				this.register.keysDatabase().url().replace("localhost", "127.0.0.1"));
		assertThat(this.register.execute("run", "--run-key=two")).isZero();
		assertThat(place("two")).contains(" at 127.0.0.1:");
		assertThat(output).contains("source console: is at another place than before (gate POLICY): " + place("two")
				+ "; it was " + place("one"));
	}

	@Test
	void aSourceThatIsSilentForANightHasNotMoved() {
		TestDatabase other = TestDatabase.empty();
		Register.create(other);
		this.register.source(1, "other", other.as("keysteward_disabler"));
		assertThat(this.register.execute("run", "--run-key=one")).isZero();
		String here = this.register.keysDatabase().url();
		this.register.set("keysteward.sources[0].datasource.url", here.replaceFirst(":\\d+/", ":1/"));
		assertThat(this.register.execute("run", "--run-key=two")).isEqualTo(1);
		assertThat(place("two")).isEqualTo(place("one"));
	}

	@Test
	void anEmptySourceIsReadAndSaid(CapturedOutput output) {
		this.register.keys().sql("DELETE FROM api_key").update();
		assertThat(this.register.execute("run", "--run-key=one")).isZero();
		assertThat(output).contains("WARN")
			.contains("source console: returned no key at all; see whether it is the right place,"
					+ " and whether the login may see all keys: database ");
	}

	private String place(String runKey) {
		return this.register.governance()
			.sql("SELECT policy -> 'sources' -> 0 ->> 'place' FROM keysteward.run WHERE run_key = :key")
			.param("key", runKey)
			.query(String.class)
			.single();
	}

}
