package io.keysteward.inventory;

import java.io.IOException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;

import io.keysteward.TestRule;
import io.keysteward.TestSettings;
import io.keysteward.inventory.SourceReading.UseTimes;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.Project;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classifier;
import io.keysteward.policy.Exemptions;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Policy;
import io.keysteward.policy.PolicySettings;
import io.keysteward.policy.Rule;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * By the same program, policy and columns, a name without a fault is judged once; by
 * anything else it is judged again.
 */
class NameJudgeTests {

	private static final Instant AS_OF = Instant.parse("2026-11-01T00:00:00Z");

	private static final SourceTraits ALL = traits(EnumSet.allOf(KeyColumn.class));

	private static final NameJudge SAME = new NameJudge("a", true);

	private static final NameJudge OTHER = new NameJudge("b", false);

	private final List<String> judged = new ArrayList<>();

	private SourceState state = new SourceState();

	@Test
	void aNameIsJudgedOnceWhileItsRowIsAsItWas() {
		assertThat(writes(OTHER, key("one", "billing"), key("two", "bad"))).isTrue();
		assertThat(this.judged).containsExactly("billing", "bad");
		assertThat(writes(SAME, key("one", "billing"), key("two", "bad"))).isFalse();
		// One with a fault has another row than one without.
		assertThat(this.judged).containsExactly("bad");
	}

	@Test
	void aNewNameIsJudged() {
		writes(OTHER, key("one", "billing"), key("two", "bad"));
		assertThat(writes(SAME, key("one", "bad"), key("two", "payments"), key("three", "bad"))).isTrue();
		assertThat(this.judged).containsExactly("bad", "payments", "bad");
		assertThat(writes(SAME, key("one", "bad"), key("two", "payments"), key("three", "bad"))).isFalse();
		assertThat(this.judged).containsExactly("bad", "bad");
	}

	@Test
	void byAnotherJudgeEachNameIsJudgedAgain() {
		writes(OTHER, key("one", "billing"));
		assertThat(writes(OTHER, key("one", "billing"))).isFalse();
		assertThat(this.judged).containsExactly("billing");
	}

	@Test
	void aKeyWhoseStoredRowIsNotKnownIsJudged() {
		writes(OTHER, key("one", "billing"));
		nextReading();
		this.state.forgetRecords();
		assertThat(reading(SAME, true).compare(List.of(key("one", "billing")), classifier()).rows()).isNotEmpty();
		assertThat(this.judged).containsExactly("billing");
	}

	@Test
	void aReadingOfAPartJudgesEachName() {
		KeyRecord key = key("one", "billing", Usage.NEVER_USED);
		writes(OTHER, key);
		nextReading();
		assertThat(reading(SAME, false).compare(List.of(key), classifier()).rows()).isNotEmpty();
		assertThat(this.judged).containsExactly("billing");
	}

	@Test
	void keysAreCountedAlike() {
		List<KeyRecord> keys = List.of(key("one", "billing"), key("two", "bad"));
		SourceReading first = reading(OTHER, true);
		first.compare(keys, classifier());
		nextReading();
		SourceReading again = reading(SAME, true);
		again.compare(keys, classifier());
		assertThat(again.counts()).isEqualTo(first.counts());
		assertThat(again.counts().active()).isEqualTo(2);
	}

	@Test
	void theJudgeIsProgramPolicyAndColumns() {
		NameJudge first = NameJudge.of("program", "policy", ALL, null);
		assertThat(first.hasJudged()).isFalse();
		assertThat(NameJudge.of("program", "policy", ALL, first.id()).hasJudged()).isTrue();
		assertThat(NameJudge.of("newer", "policy", ALL, first.id()).hasJudged()).isFalse();
		assertThat(NameJudge.of("program", "stricter", ALL, first.id()).hasJudged()).isFalse();
		assertThat(NameJudge.of("program", "policy", traits(Set.of(KeyColumn.KEY_ID)), first.id()).hasJudged())
			.isFalse();
		assertThat(NameJudge.of(null, "policy", ALL, first.id())).isEqualTo(new NameJudge(null, false));
	}

	@Test
	void aProgramIsToldFromAnotherByItsClasses(@TempDir Path directory) throws IOException {
		Path folder = Files.createDirectories(directory.resolve("classes/a"));
		Files.writeString(folder.resolve("Rule.class"), "one");
		Optional<String> one = Program.id(source(directory.resolve("classes").toUri().toURL()));
		assertThat(one).isPresent().isEqualTo(Program.id(source(directory.resolve("classes").toUri().toURL())));
		Files.writeString(folder.resolve("Rule.class"), "two");
		assertThat(Program.id(source(directory.resolve("classes").toUri().toURL()))).isPresent().isNotEqualTo(one);
		assertThat(Program.id()).isPresent();
	}

	@Test
	void aJarIsToldFromAnotherByWhatIsInIt(@TempDir Path directory) throws IOException {
		Path jar = directory.resolve("a program.jar");
		write(jar, "one");
		Optional<String> one = Program.id(source(jar.toUri().toURL()));
		write(jar, "two");
		assertThat(Program.id(source(jar.toUri().toURL()))).isPresent().isNotEqualTo(one);
		assertThat(one).isPresent();
	}

	@Test
	void whoseClassesAreNotFoundIsTheSameAsNobody() throws IOException {
		assertThat(Program.id(null)).isEmpty();
		assertThat(Program.id(source(Path.of("nowhere.jar").toUri().toURL()))).isEmpty();
		assertThat(Program.id(source(URI.create("https://example.org/keysteward.jar").toURL()))).isEmpty();
	}

	/**
	 * {@return whether a reading of these keys writes any row}
	 */
	private boolean writes(NameJudge judge, KeyRecord... keys) {
		nextReading();
		return reading(judge, true).compare(List.of(keys), classifier()).rows().length > 0;
	}

	private void nextReading() {
		SourceState next = new SourceState();
		for (int number = 0; number < this.state.keys(); number++) {
			next.load(this.state.id(number), this.state.record(number), this.state.used(number));
		}
		this.state = next;
		this.judged.clear();
	}

	private SourceReading reading(NameJudge judge, boolean whole) {
		return new SourceReading(new Reading(1, "s", 1, whole), ALL, "select.sql", this.state,
				new UseTimes(AS_OF, AS_OF, null), judge);
	}

	private Classifier classifier() {
		Rule names = new TestRule("UNNAMED", Rule.Evidence.NAME, (key, terms) -> judge(key));
		return new Classifier(List.of(names), Policy.of(TestSettings.of(PolicySettings.class)), ALL, AS_OF, AS_OF,
				Exemptions.none(AS_OF));
	}

	private static SourceTraits traits(Set<KeyColumn> columns) {
		return new SourceTraits("s", columns, Duration.ZERO, null, true, Set.of(), Set.of(), Set.of(), Set.of(), true,
				List.of());
	}

	private static KeyRecord key(String id, String name) {
		return key(id, name, Usage.used(AS_OF));
	}

	private static KeyRecord key(String id, String name, Usage usage) {
		return new KeyRecord(new KeyId("s", id), name, null, Project.NONE, Owner.NONE, null, usage, null,
				KeyStatus.ACTIVE, null, null, null, null);
	}

	private static CodeSource source(URL location) {
		return new CodeSource(location, (Certificate[]) null);
	}

	private static void write(Path jar, String content) throws IOException {
		try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
			out.putNextEntry(new JarEntry("Rule.class"));
			out.write(content.getBytes(StandardCharsets.UTF_8));
		}
	}

	/** Keeps whom it has judged. */
	private Optional<Finding> judge(KeyRecord key) {
		this.judged.add(String.valueOf(key.name()));
		return "bad".equals(key.name()) ? Optional.of(Finding.warn("UNNAMED", "Name is bad.")) : Optional.empty();
	}

}
