package io.keysteward.job;

import java.nio.file.Path;
import java.util.List;

import io.keysteward.Register;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Names that were judged before are not judged again, and nobody can tell.
 */
class JudgedNamesTests {

	private final Register register;

	JudgedNamesTests(@TempDir Path directory) {
		this.register = new Register(directory).key("k", "2026-10-01", "2026-10-30");
	}

	@Test
	void aKeyThatIsRenamedIsJudgedByItsNewName() {
		assertThat(unnamed("2026-11-01")).isEmpty();
		rename("test");
		assertThat(unnamed("2026-11-02")).containsExactly("k");
		assertThat(unnamed("2026-11-03")).containsExactly("k");
		rename("service k");
		assertThat(unnamed("2026-11-04")).isEmpty();
		assertThat(unnamed("2026-11-05")).isEmpty();
	}

	@Test
	void aStricterPolicyJudgesNamesThatAreAsTheyWere() {
		assertThat(unnamed("2026-11-01")).isEmpty();
		this.register.set("keysteward.policy.unnamed.min-length", "20");
		assertThat(unnamed("2026-11-02")).containsExactly("k");
		this.register.unset("keysteward.policy.unnamed.min-length");
		assertThat(unnamed("2026-11-03")).isEmpty();
	}

	@Test
	void byAnotherProgramNamesAreJudgedAgain() {
		assertThat(unnamed("2026-11-01")).isEmpty();
		// As if an earlier version had known less of names.
		this.register.governance().sql("UPDATE keysteward.judged_names SET judged_by = 'another'").update();
		assertThat(unnamed("2026-11-02")).isEmpty();
		assertThat(judgedBy()).doesNotContain("another");
	}

	@Test
	void aRunOfOneProjectSaysNothingOfWhatIsStored() {
		assertThat(unnamed("2026-11-01")).isEmpty();
		List<String> before = judgedBy();
		this.register.set("keysteward.policy.unnamed.min-length", "20");
		assertThat(this.register.execute("run", "--as-of=2026-11-02", "--project=p", "--run-key=part")).isZero();
		assertThat(judgedBy()).hasSize(1).isEqualTo(before);
	}

	@Test
	void aRunThatFailsSaysNothingOfWhatIsStored() {
		assertThat(unnamed("2026-11-01")).isEmpty();
		List<String> before = judgedBy();
		this.register.set("keysteward.policy.unnamed.min-length", "20");
		this.register.keys().sql("ALTER TABLE api_key DROP CONSTRAINT api_key_pkey CASCADE").update();
		this.register.key("k", "2026-10-01", null);
		assertThat(this.register.execute("run", "--as-of=2026-11-02")).isEqualTo(2);
		assertThat(judgedBy()).hasSize(1).isEqualTo(before);
	}

	private void rename(String name) {
		this.register.keys().sql("UPDATE api_key SET name = :name").param("name", name).update();
	}

	private List<String> judgedBy() {
		return this.register.governance()
			.sql("SELECT judged_by FROM keysteward.judged_names")
			.query(String.class)
			.list();
	}

	private List<String> unnamed(String day) {
		assertThat(this.register.execute("run", "--as-of=" + day)).as(this.register.err()).isZero();
		return this.register.governance()
			.sql("SELECT key_id FROM keysteward.finding WHERE rule = 'UNNAMED' AND status = 'OPEN'")
			.query(String.class)
			.list();
	}

}
