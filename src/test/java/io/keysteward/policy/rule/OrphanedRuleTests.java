package io.keysteward.policy.rule;

import java.util.Optional;
import java.util.Set;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Finding;
import io.keysteward.policy.TestKeys;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class OrphanedRuleTests {

	private final OrphanedRule rule = new OrphanedRule();

	@ParameterizedTest
	@CsvSource(textBlock = """
			OK,      OK,       ''
			'',      '',       ''
			DELETED, OK,       Its project 'Billing' was deleted.
			MISSING, '',       Its project 'Billing' is not known to the source.
			OK,      DISABLED, Its owner 'Ada' is disabled.
			'',      MISSING,  Its owner 'Ada' is not known to the source.
			DELETED, DISABLED, "Its project 'Billing' was deleted, and its owner 'Ada' is disabled."
			""", quoteCharacter = '"')
	void whatTheSourceDefinesAsLostIsLostAndNothingElse(String project, String owner, String reason) {
		String expected = reason.equals("''") ? "" : reason;
		assertThat(judge(project, owner, TestKeys.SOURCE).map(Finding::reason).orElse("")).isEqualTo(expected);
	}

	@Test
	void aStateThatTheSourceDoesNotListIsFine() {
		SourceTraits all = TestKeys.SOURCE;
		SourceTraits missingOnly = new SourceTraits(all.source(), all.columns(), all.granularity(), null, true,
				all.governedKinds(), all.neverDisableKinds(), Set.of(ProjectState.MISSING), Set.of(OwnerState.MISSING),
				true, all.generatedNames());
		assertThat(judge("DELETED", "DISABLED", missingOnly)).isEmpty();
	}

	@Test
	void aColumnThatTheSourceDoesNotReturnIsNotJudged() {
		assertThat(judge("MISSING", "OK", TestKeys.without(KeyColumn.PROJECT_STATE))).isEmpty();
		assertThat(judge("OK", "MISSING", TestKeys.without(KeyColumn.OWNER_STATE))).isEmpty();
		assertThat(judge("MISSING", "MISSING", TestKeys.without(KeyColumn.OWNER_STATE))).isPresent();
	}

	@Test
	void itIsAWarningThatRisesAfterTheGrace() {
		Finding finding = judge("DELETED", "OK", TestKeys.SOURCE).orElseThrow();
		assertThat(finding.violation()).isFalse();
		assertThat(finding.violationAt()).isNull();
		assertThat(finding.graceDays()).isEqualTo(7);
	}

	@Test
	void aProjectWithoutANameIsToldByItsIdAndOneWithoutBothByNeither() {
		Project byId = new Project("p-1", " ", ProjectState.DELETED);
		assertThat(judge(byId, Owner.NONE, TestKeys.SOURCE).orElseThrow().reason())
			.isEqualTo("Its project 'p-1' was deleted.");
		Project unknown = new Project(null, null, ProjectState.MISSING);
		assertThat(judge(unknown, Owner.NONE, TestKeys.SOURCE).orElseThrow().reason())
			.isEqualTo("Its project is not known to the source.");
	}

	private Optional<Finding> judge(String project, String owner, SourceTraits source) {
		return judge(new Project("p-1", "Billing", state(ProjectState.class, project)),
				new Owner("o-1", "Ada", null, state(OwnerState.class, owner)), source);
	}

	private Optional<Finding> judge(Project project, Owner owner, SourceTraits source) {
		KeyRecord key = TestKeys.key(TestKeys.AS_OF, Usage.UNKNOWN);
		return this.rule.judge(
				new KeyRecord(key.id(), key.name(), key.maskedKey(), project, owner, key.createdAt(), key.usage(), null,
						key.status(), key.kind(), key.lastDeniedAt(), key.referencedBy(), null),
				TestKeys.terms(source));
	}

	private static <E extends Enum<E>> @Nullable E state(Class<E> type, String name) {
		return (name.isEmpty() || name.equals("''")) ? null : Enum.valueOf(type, name);
	}

}
