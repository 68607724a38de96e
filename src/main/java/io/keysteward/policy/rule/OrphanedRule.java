package io.keysteward.policy.rule;

import java.util.List;
import java.util.Optional;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Finding;
import io.keysteward.policy.Rule;
import io.keysteward.policy.RuleContext;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/**
 * Reports a key whose project or owner is gone. It becomes a violation with time only,
 * since a directory may be late.
 */
@Component
class OrphanedRule implements Rule {

	@Override
	public String code() {
		return "ORPHANED";
	}

	@Override
	public String definition() {
		return "Its project or its owner is missing, deleted or disabled, as the source defines it; a violation once "
				+ "it has been open for the grace.";
	}

	@Override
	public List<String> standards() {
		return List.of("CIS Controls v8.1 5.5", "CIS Controls v8.1 6.2", "NIST SP 800-53 r5 AC-2(3)(b)",
				"PCI DSS v4.0.1 7.2.5.1", "ISO/IEC 27001:2022 A.5.16", "SOC 2 TSC CC6.2", "OWASP NHI Top 10 2025 NHI1");
	}

	@Override
	public Evidence evidence() {
		return Evidence.OWNERSHIP;
	}

	@Override
	public Optional<Finding> judge(KeyRecord key, RuleContext terms) {
		String project = lostProject(key.project(), terms.source());
		String owner = lostOwner(key.owner(), terms.source());
		if (project == null && owner == null) {
			return Optional.empty();
		}
		String lost = (project == null) ? owner : (owner == null) ? project : project + ", and its " + owner;
		int graceDays = (int) terms.thresholds().orphanedGrace().toDays();
		return Optional.of(new Finding(code(), false, "Its " + lost + ".", null, null, graceDays));
	}

	private static @Nullable String lostProject(Project project, SourceTraits source) {
		ProjectState state = project.state();
		if (state == null || !source.columns().contains(KeyColumn.PROJECT_STATE)
				|| !source.orphanedProjectStates().contains(state)) {
			return null;
		}
		String which = "project" + named(project.name(), project.id());
		return switch (state) {
			case OK -> which + " exists, which this source counts as lost";
			case DELETED -> which + " was deleted";
			case MISSING -> which + " is not known to the source";
		};
	}

	private static @Nullable String lostOwner(Owner owner, SourceTraits source) {
		OwnerState state = owner.state();
		if (state == null || !source.columns().contains(KeyColumn.OWNER_STATE)
				|| !source.orphanedOwnerStates().contains(state)) {
			return null;
		}
		String which = "owner" + named(owner.name(), owner.id());
		return switch (state) {
			case OK -> which + " exists, which this source counts as lost";
			case DISABLED -> which + " is disabled";
			case MISSING -> which + " is not known to the source";
		};
	}

	private static String named(@Nullable String name, @Nullable String id) {
		String best = (name != null && !name.isBlank()) ? name : id;
		return (best != null && !best.isBlank()) ? " " + ReasonText.quoted(best) : "";
	}

}
