package io.keysteward.policy;

import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import io.keysteward.yaml.Entry;
import io.keysteward.yaml.ScalarType;
import io.keysteward.yaml.StrictYaml;
import io.keysteward.yaml.WrittenFile;

/**
 * The file {@code exemptions.yaml} of the configuration directory.
 */
public final class ExemptionsFile {

	private static final StrictYaml YAML = new StrictYaml(List.of(new ScalarType<>(Instant.class,
			"a date (2026-12-31: the first day without it, UTC) or an instant (2026-12-31T08:00:00Z)",
			ExemptionsFile::instant)));

	private static final String EMPTY = "; write 'exemptions: []' where there are none";

	private final Path file;

	private final ExemptionSettings settings;

	private final Set<String> rules;

	/**
	 * Prepares to read the file.
	 * @param configDirectory the directory of the file
	 * @param settings how long an exemption may last
	 * @param rules the codes of all rules
	 */
	public ExemptionsFile(Path configDirectory, ExemptionSettings settings, Set<String> rules) {
		this.file = configDirectory.resolve("exemptions.yaml");
		this.settings = settings;
		this.rules = Set.copyOf(rules);
	}

	/**
	 * Reads the file; a fault in one exemption does not hide the others.
	 * @param asOf the instant of the run
	 * @param sources the ids of the configured sources
	 * @return the exemptions and their faults
	 */
	public Exemptions read(Instant asOf, Set<String> sources) {
		List<String> faults = new ArrayList<>();
		String text;
		try {
			text = WrittenFile.read(shown(), this.file);
		}
		catch (NoSuchFileException ex) {
			return new Exemptions(asOf, List.of(), List.of(shown() + ": is missing" + EMPTY), null);
		}
		catch (Failure ex) {
			return new Exemptions(asOf, List.of(), List.of(ex.line()), null);
		}
		ExemptionCheck check = new ExemptionCheck(asOf, this.settings.maxLifetime(), this.rules, sources);
		List<Exemption> exemptions = read(text, check, faults);
		return new Exemptions(asOf, exemptions, faults, Sha256.of(text));
	}

	private List<Exemption> read(String text, ExemptionCheck check, List<String> faults) {
		if (StrictYaml.isEmpty(text)) {
			faults.add(shown() + ": is empty" + EMPTY);
			return List.of();
		}
		Map<String, Integer> lines = new LinkedHashMap<>();
		List<Exemption> exemptions = new ArrayList<>();
		for (Entry<ExemptionYaml> entry : YAML.entries(shown(), text, "exemptions", ExemptionYaml.class, faults::add)) {
			String place = shown() + ":" + entry.line() + ": ";
			check.check(entry.content(), (fault) -> faults.add(place + fault)).ifPresent((exemption) -> {
				Integer first = lines.putIfAbsent(exemption.id(), entry.line());
				if (first == null) {
					exemptions.add(exemption);
				}
				else {
					faults.add(place + "id '" + exemption.id() + "' is used twice, first in line " + first
							+ "; each exemption needs its own");
				}
			});
		}
		return exemptions;
	}

	private static Instant instant(String text) {
		try {
			if (!text.matches("\\d{4}-\\d.*")) {
				throw new IllegalArgumentException(text);
			}
			return text.contains("T") ? OffsetDateTime.parse(text).toInstant()
					: LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
		}
		catch (DateTimeException ex) {
			throw new IllegalArgumentException(ex);
		}
	}

	private String shown() {
		return this.file.toString().replace('\\', '/');
	}

}
