package io.keysteward.disabling;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

import io.keysteward.disabling.PlainTerms.Exemption;
import org.jspecify.annotations.Nullable;

/**
 * Exemptions that people write, by chance, into the file.
 */
final class RandomExemptions {

	private final Nights nights;

	private final SimulatedCompany company;

	private final List<Exemption> list = new ArrayList<>();

	private int last;

	RandomExemptions(Nights nights, SimulatedCompany company) {
		this.nights = nights;
		this.company = company;
	}

	List<Exemption> list() {
		return List.copyOf(this.list);
	}

	void change(Instant now) {
		if (this.company.chance(4) == 0) {
			add(now);
		}
		if (this.list.size() > 2 && this.company.chance(10) == 0) {
			this.list.remove(this.company.chance(this.list.size()));
		}
		StringBuilder yaml = new StringBuilder("exemptions:\n");
		this.list.forEach((exemption) -> yaml.append(entry(exemption)));
		this.nights.configure("exemptions.yaml", this.list.isEmpty() ? "exemptions: []\n" : yaml.toString());
	}

	private void add(Instant now) {
		SimulatedSource source = this.nights.sources().get(this.company.chance(2));
		Set<String> rules = new TreeSet<>(
				List.of(Set.<String>of(), Set.of("IDLE"), Set.of("ORPHANED"), Set.of("UNNAMED"))
					.get(this.company.chance(4)));
		int what = this.company.chance(8);
		String key = (what < 6) ? this.company.some(source, 1).stream().findFirst().orElse(null) : null;
		String project = (what == 6) ? SimulatedCompany.project(source, 1 + this.company.chance(6)) : null;
		String owner = (what == 7) ? SimulatedCompany.owner(source, 1 + this.company.chance(20)) : null;
		if (key == null && project == null && owner == null) {
			return;
		}
		LocalDate expires = LocalDate.ofInstant(now.plus(Duration.ofDays(1 + this.company.chance(30))), ZoneOffset.UTC);
		this.list.add(new Exemption("EX-" + ++this.last, source.id(), key, project, owner, rules,
				expires.atStartOfDay(ZoneOffset.UTC).toInstant()));
	}

	private static String entry(Exemption exemption) {
		return "- id: " + exemption.id() + "\n  covers:\n    source: " + exemption.source() + "\n"
				+ line("    key: ", exemption.key()) + line("    project: ", exemption.project())
				+ line("    owner: ", exemption.owner())
				+ (exemption.rules().isEmpty() ? "" : "  rules: [" + String.join(", ", exemption.rules()) + "]\n")
				+ "  reason: Runs at the end of each quarter.\n  approver: jonas.weber@example.com\n"
				+ "  ticket: SEC-4711\n  expires: " + LocalDate.ofInstant(exemption.expires(), ZoneOffset.UTC) + "\n";
	}

	private static String line(String name, @Nullable String value) {
		return (value != null) ? name + value + "\n" : "";
	}

}
