package io.keysteward.policy;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.Usage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.keysteward.policy.TestKeys.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What fits no key is said, and what it was most likely meant to fit.
 */
class CoverageTests {

	private static final String NFD = "Mu\u0308ller";

	private static final String NFC = "M\u00FCller";

	@ParameterizedTest
	@CsvSource(nullValues = "-", delimiter = '|', textBlock = """
			s | K2 | -   | -       | -         | ; did you mean key 'k2'?
			- | ｋ2 | -   | -       | -         | ; did you mean key 'k2'?
			- | k3 | -   | -       | -         | ''
			s | k2 | P   | -       | -         | ; did you mean project 'p'?
			s | k2 | q   | -       | -         | ''
			- | -  | -   | Müller  | Nightly   | ; did you mean name 'nightly'?
			- | -  | -   | müller  | -         | ; did you mean owner 'Müller'?
			t | k2 | -   | -       | -         | ''
			""")
	void whatFitsNoKeyIsSaidWithWhatIsNearIt(@Nullable String source, @Nullable String key, @Nullable String project,
			@Nullable String owner, @Nullable String name, String hint) {
		Scope scope = new Scope(source, key, project, owner, (name != null) ? NameGlob.exactly(name) : null);
		Coverage coverage = coverage(scope);
		coverage.read(key("s", "k1", "p", NFC, "weekly"));
		coverage.read(key("s", "k2", "p", NFC, "nightly"));
		coverage.readAll("s");
		assertThat(coverage.unfit(Set.of("s"))).singleElement()
			.returns(hint, Coverage.Unfit::hint)
			.returns("exemption EX-1 protects no key: " + scope + hint, Coverage.Unfit::line);
	}

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			s, k2, -, -, -
			-, k2, p, -, -
			-, -, p, -, -
			-, -, -, Mu\u0308ller, -
			-, -, -, M\u00FCller, -
			s, -, -, -, nightly
			""")
	void whatFitsSomeKeyIsNotSaid(@Nullable String source, @Nullable String key, @Nullable String project,
			@Nullable String owner, @Nullable String name) {
		for (String form : List.of(NFC, NFD)) {
			Coverage coverage = coverage(
					new Scope(source, key, project, owner, (name != null) ? NameGlob.exactly(name) : null));
			coverage.read(key("s", "k1", null, null, null));
			coverage.read(key("s", "k2", "p", form, "nightly"));
			coverage.readAll("s");
			assertThat(coverage.unfit(Set.of("s"))).isEmpty();
		}
	}

	@Test
	void aPatternIsHeldAgainstEveryName() {
		Coverage coverage = coverage(new Scope(null, null, null, null, NameGlob.like("batch-*")));
		coverage.read(key("s", "k1", null, null, "Batch-1"));
		coverage.readAll("s");
		assertThat(coverage.unfit(Set.of("s"))).hasSize(1);
		coverage.read(key("s", "k2", null, null, "batch-2"));
		assertThat(coverage.unfit(Set.of("s"))).isEmpty();
	}

	@Test
	void asLongAsASourceIsNotReadNobodyKnows() {
		Coverage coverage = coverage(new Scope(null, "k9", null, null, null));
		coverage.readAll("s");
		assertThat(coverage.unfit(Set.of("s", "t"))).isEmpty();
		coverage.readAll("t");
		assertThat(coverage.unfit(Set.of("s", "t"))).hasSize(1);
	}

	@Test
	void anOverrideThatFitsNoKeyIsSaidAndOneIsComparedInNormalForm() {
		PolicySettings settings = new PolicySettings("default", null, null, null, null, null, null,
				List.of(override("s", NFD), override("s", "P"), override("t", null)));
		Policy policy = Policy.of(settings);
		Coverage coverage = new Coverage(Exemptions.none(AS_OF), policy);
		coverage.read(key("s", "k1", NFC, null, null));
		coverage.read(key("s", "k2", "p", null, null));
		coverage.readAll("s");
		assertThat(coverage.unfit(Set.of("s"))).extracting(Coverage.Unfit::line)
			.containsExactly(
					"keysteward.policy.overrides[1] fits no key: source s, project P; did you mean project 'p'?",
					"keysteward.policy.overrides[2] fits no key: source t");
		assertThat(policy.thresholds("s", NFC).minNameLength()).isEqualTo(7);
		assertThat(policy.thresholds("s", NFD).minNameLength()).isEqualTo(7);
	}

	@Test
	void anExemptionThatHasExpiredIsNotSaid() {
		Exemption expired = new Exemption("EX-1", new Scope(null, "k9", null, null, null), List.of("IDLE"), "r", "a",
				"t", AS_OF);
		Coverage coverage = new Coverage(new Exemptions(AS_OF, List.of(expired), List.of(), null),
				Policy.of(TestSettings.of(PolicySettings.class)));
		assertThat(coverage.unfit(Set.of())).isEmpty();
	}

	private static PolicySettings.Override override(String source, @Nullable String project) {
		return new PolicySettings.Override(source, project, null, null, null, null,
				new PolicySettings.Unnamed(7, null, null), null);
	}

	private static Coverage coverage(Scope... scopes) {
		List<Exemption> exemptions = Arrays.stream(scopes)
			.map((scope) -> new Exemption("EX-1", scope, List.of("IDLE"), "r", "a", "t", AS_OF.plusSeconds(1)))
			.toList();
		return new Coverage(new Exemptions(AS_OF, exemptions, List.of(), null),
				Policy.of(TestSettings.of(PolicySettings.class)));
	}

	private static KeyRecord key(String source, String id, @Nullable String project, @Nullable String owner,
			@Nullable String name) {
		return new KeyRecord(new KeyId(source, id), name, null, new Project(project, null, null),
				new Owner(owner, null, null, null), null, Usage.UNKNOWN, null, KeyStatus.ACTIVE, null, null, null,
				null);
	}

}
