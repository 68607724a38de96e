package io.keysteward.policy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

import io.keysteward.TestSettings;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ExemptionsFileTests {

	private static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	private static final String REST = """
			    reason: Runs each quarter.
			    approver: jonas@example.com
			    ticket: SEC-1
			    expires: 2026-12-31
			""";

	private final Path config;

	ExemptionsFileTests(@TempDir Path config) {
		this.config = config;
	}

	@Test
	void everythingThatIsWrittenIsRead() throws IOException {
		write("""
				exemptions:
				  - id: EX-2026.01_a
				    covers: { source: api-keys, key: "0012", project: p, owner: o, name-glob: "nightly-*" }
				    rules: [ORPHANED, IDLE]
				    reason: >
				      Runs at the end
				      of each quarter.
				    approver: jonas@example.com
				    ticket: SEC-4711
				    expires: 2026-12-31T10:00:00+01:00
				""");
		Exemption exemption = read().all().get(0);
		assertThat(read().faults()).isEmpty();
		assertThat(exemption.id()).isEqualTo("EX-2026.01_a");
		assertThat(exemption.covers())
			.hasToString("source api-keys, key 0012, project p, owner o, name like \"nightly-*\"");
		assertThat(exemption.rules()).containsExactly("IDLE", "ORPHANED");
		assertThat(exemption.reason()).isEqualTo("Runs at the end of each quarter.");
		assertThat(exemption.expiresAt()).isEqualTo("2026-12-31T09:00:00Z");
	}

	@Test
	void withoutRulesItIsForEveryRuleAndADateIsItsStartInUtc() throws IOException {
		write(entry("id: EX-1", "covers: { key: k }"));
		Exemption exemption = read().all().get(0);
		assertThat(exemption.rules()).containsExactly("AGED", "IDLE", "ORPHANED");
		assertThat(exemption.expiresAt()).isEqualTo("2026-12-31T00:00:00Z");
	}

	@Test
	void theShippedFileHasNoneAndNoFault() {
		Exemptions shipped = new ExemptionsFile(Path.of("config"), TestSettings.of(ExemptionSettings.class), Set.of())
			.read(AS_OF, Set.of());
		assertThat(shipped.faults()).isEmpty();
		assertThat(shipped.all()).isEmpty();
		assertThat(shipped.sha256()).hasSize(64);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					covers: { key: k }                               | id is required
					id: 'EX 1'~covers: { key: k }                                 | id 'EX 1' is not allowed; up to 64 letters
					id: ''~covers: { key: k }                                  | id '' must be text
					id: -x~covers: { key: k }                                  | id '-x' is not allowed
					id: E~covers: {}                                 | covers must name at least one of key, project, owner, name and name-glob
					id: E~covers:                                    | covers must name at least one of
					id: E~covers: { source: api-keys }               | covers must name at least one of
					id: E~covers: { key: k, nmae: n }                | unknown key 'nmae' under covers; did you mean 'name'?
					id: E~covers: { name: n, name-glob: n* }         | covers.name and covers.name-glob exclude each other
					id: E~covers: { name-glob: '*' }                 | covers.name-glob '*' fits any name
					id: E~covers: { source: api-keys, name-glob: '?*?' } | covers.name-glob '?*?' fits any name
					id: E~covers: { source: api-kesy, key: k }       | covers.source 'api-kesy' is not a configured source; allowed: api-keys. Did you mean 'api-keys'?
					id: E~covers: { key: ' ' }                       | covers.key ' ' must be text
					id: E~covers: { key: k }~rules: [IDEL]           | rules: 'IDEL' is not a rule; allowed: AGED, IDLE, ORPHANED. Did you mean 'IDLE'?
					id: E~covers: { key: k }~rules: [idle]           | rules: 'idle' is not a rule
					id: E~covers: { key: k }~rules: []               | rules must name at least one rule
					id: E~covers: { key: k }~rules: [null]           | rules has an empty entry
					id: E~covers: { key: k }~rules: IDLE             | rules must be a list, such as [one, other]
					""")
	void whatIsWrongIsOneLineAndHidesNoOtherExemption(String lines, String expected) throws IOException {
		write(entry(lines.split("~")) + entry("id: EX-9", "covers: { key: other }").replace("exemptions:\n", ""));
		assertThat(read().all()).extracting(Exemption::id).containsExactly("EX-9");
		assertThat(faults()).hasSize(1)
			.allMatch((fault) -> fault.startsWith("exemptions.yaml:"))
			.anyMatch((fault) -> fault.contains(": " + expected));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					reason   |                     | reason is required
					approver |                     | approver is required
					ticket   |                     | ticket is required
					expires  |                     | expires is required
					approver | "' '"               | approver ' ' must be text
					expires  | tomorrow            | expires 'tomorrow' must be a date (2026-12-31: the first day without it, UTC)
					expires  | 2026-12-31T10:00:00 | expires '2026-12-31T10:00:00' must be a date
					expires  | 31.12.2026          | expires '31.12.2026' must be a date
					expires  | 2027-02-22          | expires 2027-02-22T00:00:00Z is more than 90d (keysteward.exemptions.max-lifetime) after the run's time
					""")
	void whoPermittedItAndForHowLongMustBeWritten(String key, String value, String expected) throws IOException {
		String written = (value != null) ? value.replace("\"", "") : "";
		write(entry("id: EX-1", "covers: { key: k }").replaceFirst("(?m)^    " + key + ": .*$",
				"    " + key + ": " + written));
		assertThat(read().all()).isEmpty();
		assertThat(faults()).hasSize(1).allMatch((fault) -> fault.contains(": " + expected));
	}

	@Test
	void theLastDayThatIsAllowedIsAllowed() throws IOException {
		write(entry("id: EX-1", "covers: { key: k }").replace("2026-12-31", "2027-02-21T02:00:00Z"));
		assertThat(read().faults()).isEmpty();
		write(entry("id: EX-1", "covers: { key: k }").replace("2026-12-31", "2027-02-21T02:00:01Z"));
		assertThat(read().faults()).hasSize(1);
	}

	@Test
	void anExpiredOneIsNoFault() throws IOException {
		write(entry("id: EX-1", "covers: { key: k }").replace("2026-12-31", "2026-11-23"));
		assertThat(read().faults()).isEmpty();
		assertThat(read().all()).hasSize(1);
		assertThat(read().expired()).isEqualTo(1);
	}

	@Test
	void theSameIdTwiceIsRefused() throws IOException {
		write(entry("id: EX-1", "covers: { key: k }")
				+ entry("id: EX-1", "covers: { key: other }").replace("exemptions:\n", ""));
		assertThat(faults()).containsExactly(
				"exemptions.yaml:8: id 'EX-1' is used twice, first in line 2; each exemption needs its own");
		assertThat(read().all()).extracting((exemption) -> exemption.covers().key()).containsExactly("k");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			textBlock = """
					# nothing           | exemptions.yaml: is empty; write 'exemptions: []' where there are none
					exemptions:         | exemptions.yaml:1: exemptions must be a list; write 'exemptions: []' where there are none
					exemption: []       | exemptions.yaml:1: unknown key 'exemption'; did you mean 'exemptions'?
					exemptions: [ { id: | exemptions.yaml:
					""")
	void aFileThatIsNotAListOfExemptionsIsAFault(String text, String expected) throws IOException {
		write(text + "\n");
		assertThat(faults()).isNotEmpty().allMatch((fault) -> fault.startsWith("exemptions.yaml"));
		assertThat(faults().get(0)).startsWith(expected);
	}

	@Test
	void aFileThatIsMissingOrUnreadableIsAFault() throws IOException {
		assertThat(faults())
			.containsExactly("exemptions.yaml: is missing; write 'exemptions: []' where there are none");
		assertThat(read().sha256()).isNull();
		Files.createDirectory(this.config.resolve("exemptions.yaml"));
		assertThat(faults()).containsExactly("exemptions.yaml: is a folder; put a file in its place");
		Files.delete(this.config.resolve("exemptions.yaml"));
		Files.write(this.config.resolve("exemptions.yaml"),
				"exemptions: [] # \u00FC".getBytes(StandardCharsets.ISO_8859_1));
		assertThat(faults()).containsExactly("exemptions.yaml: is not UTF-8; save it as UTF-8");
	}

	@Test
	void theHashFollowsTheTextAndNotItsLineEndings() throws IOException {
		write("exemptions: []\n# none\n");
		String before = read().sha256();
		write("\uFEFFexemptions: []\r\n# none\r\n");
		assertThat(read().sha256()).isEqualTo(before);
		write("exemptions: []\n# some\n");
		assertThat(read().sha256()).isNotEqualTo(before);
	}

	@Test
	void whatCannotBeSeenIsMadeVisible() throws IOException {
		write(entry("id: EX-1", "covers: { key: \"k\\0\\u202E\" }").replace("Runs each quarter.", "\"a\\0b\""));
		assertThat(read().faults()).isEmpty();
		assertThat(read().all().get(0).reason()).isEqualTo("a\\u0000b");
		assertThat(read().all().get(0).covers()).hasToString("key k\\u0000\\u202E");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PT0S", "PT36H", "P-1D", "P3651D", "PT23H" })
	void aLifetimeIsWholeDays(String lifetime) {
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> new ExemptionSettings(Duration.parse(lifetime)))
			.withMessageContaining("keysteward.exemptions.max-lifetime: '")
			.withMessageContaining("whole days, 1d to 3650d");
	}

	private static String entry(String... lines) {
		return "exemptions:\n  - " + String.join("\n    ", lines) + "\n" + REST;
	}

	private Exemptions read() {
		return new ExemptionsFile(this.config, TestSettings.of(ExemptionSettings.class),
				Set.of("IDLE", "ORPHANED", "AGED"))
			.read(AS_OF, Set.of("api-keys"));
	}

	private List<String> faults() {
		String directory = this.config.toString().replace('\\', '/') + "/";
		return read().faults().stream().map((fault) -> fault.replace(directory, "")).toList();
	}

	private void write(String text) throws IOException {
		Files.writeString(this.config.resolve("exemptions.yaml"), text);
	}

}
