package io.keysteward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

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
import static org.assertj.core.api.Assertions.assertThatNoException;

class ExemptionsTests {

	private static final List<Finding> FINDINGS = List.of(Finding.warn("IDLE", "a"), Finding.warn("UNNAMED", "b"));

	@ParameterizedTest
	@CsvSource(nullValues = "-", textBlock = """
			s, -, -, -, true
			t, -, -, -, false
			S, -, -, -, false
			s, k, -, -, true
			s, K, -, -, false
			-, k, p, o, true
			-, k, p, x, false
			-, k, x, o, false
			-, x, p, o, false
			""")
	void allThatIsNamedMustFit(@Nullable String source, @Nullable String key, @Nullable String project,
			@Nullable String owner, boolean covered) {
		Scope scope = new Scope(source, key, project, owner, null);
		assertThat(scope.fits(key("nightly"))).isEqualTo(covered);
	}

	@Test
	void aKeyWithoutProjectOwnerOrNameFitsNoneOfThem() {
		KeyRecord bare = new KeyRecord(new KeyId("s", "k"), null, null, Project.NONE, Owner.NONE, null, Usage.UNKNOWN,
				null, KeyStatus.ACTIVE, null, null, null, null);
		assertThat(new Scope(null, null, "p", null, null).fits(bare)).isFalse();
		assertThat(new Scope(null, null, null, "o", null).fits(bare)).isFalse();
		assertThat(new Scope(null, null, null, null, NameGlob.like("x*")).fits(bare)).isFalse();
		assertThat(new Scope("s", "k", null, null, null).fits(bare)).isTrue();
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			nightly-*, nightly-export, true
			nightly-*, nightly-, true
			nightly-*, Nightly-export, false
			nightly-*, a nightly-export, false
			*-export, nightly-export, true
			n?ghtly, nightly, true
			n?ghtly, nghtly, false
			a.c, abc, false
			a.c, a.c, true
			[ab]+(\\d), [ab]+(\\d), true
			[ab]+, a, false
			\\Q*\\E, \\Qx\\E, true
			a***b, ab, true
			*a*, bab, true
			x?, x\uD83D\uDE00, true
			""")
	void aGlobFitsWholeNamesAsTheyAreWritten(String glob, String name, boolean fits) {
		assertThat(NameGlob.like(glob).fits(name)).isEqualTo(fits);
	}

	@Test
	void anExactNameIsNoGlob() {
		assertThat(NameGlob.exactly("a*").fits("a*")).isTrue();
		assertThat(NameGlob.exactly("a*").fits("ab")).isFalse();
		assertThat(NameGlob.exactly("a*").fits(" a*")).isFalse();
	}

	@Test
	void aStarSpansLinesAndHalvesOfCharacters() {
		assertThat(NameGlob.like("a*b").fits("a\n\r\u2028\uD800b")).isTrue();
		assertThatNoException().isThrownBy(() -> NameGlob.like("\uD800*").fits("\uDC00\uD800"));
	}

	@Test
	void hostileNamesTakeNoLongerThanTheirLength() {
		NameGlob glob = NameGlob.like("*a*a*a*a*a*a*a*a*a*a*a*a*b");
		String name = "a".repeat(20_000);
		Instant start = Instant.now();
		assertThat(glob.fits(name)).isFalse();
		assertThat(Duration.between(start, Instant.now())).isLessThan(Duration.ofSeconds(5));
	}

	@Test
	void eachFindingHasItsOwnExemption() {
		Exemptions exemptions = exemptions(exemption("EX-1", AS_OF.plusSeconds(60), "UNNAMED"));
		assertThat(exemptions.covering(key("x"), FINDINGS)).containsExactly(null, "EX-1");
	}

	@Test
	void ofSeveralTheOneThatLastsLongestIsNamed() {
		Exemptions exemptions = exemptions(exemption("EX-1", AS_OF.plusSeconds(60), "IDLE", "UNNAMED"),
				exemption("EX-3", AS_OF.plusSeconds(70), "IDLE"), exemption("EX-2", AS_OF.plusSeconds(70), "IDLE"));
		assertThat(exemptions.covering(key("x"), FINDINGS)).containsExactly("EX-2", "EX-1");
	}

	@ParameterizedTest
	@CsvSource({ "0, false", "-1, false", "1, true" })
	void fromItsExpiryOnItPermitsNothing(int seconds, boolean permits) {
		Exemptions exemptions = exemptions(exemption("EX-1", AS_OF.plusSeconds(seconds), "IDLE"));
		assertThat(exemptions.covering(key("x"), FINDINGS).get(0) != null).isEqualTo(permits);
		assertThat(exemptions.expired()).isEqualTo(permits ? 0 : 1);
	}

	private static Exemptions exemptions(Exemption... exemptions) {
		return new Exemptions(AS_OF, List.of(exemptions), List.of(), null);
	}

	private static Exemption exemption(String id, Instant expires, String... rules) {
		return new Exemption(id, new Scope(null, "k", null, null, null), List.of(rules), "r", "a", "t", expires);
	}

	private static KeyRecord key(String name) {
		return new KeyRecord(new KeyId("s", "k"), name, null, new Project("p", null, null),
				new Owner("o", null, null, null), null, Usage.UNKNOWN, null, KeyStatus.ACTIVE, null, null, null, null);
	}

}
