package io.keysteward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

import io.keysteward.TestSettings;
import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.text.Plural;
import org.jspecify.annotations.Nullable;

/**
 * Keys and sources for tests of rules: one record, one change at a time.
 */
public final class TestKeys {

	/** The instant of all tests that do not need another one. */
	public static final Instant AS_OF = Instant.parse("2026-11-23T02:00:00Z");

	/** A source that returns and says everything. */
	public static final SourceTraits SOURCE = source(Duration.ZERO, null);

	private TestKeys() {
	}

	/**
	 * {@return a source with this granularity that records since then}
	 */
	public static SourceTraits source(Duration granularity, @Nullable Instant knownSince) {
		return new SourceTraits("api-keys", EnumSet.allOf(KeyColumn.class), granularity, knownSince, true,
				Set.of("personal", "team"), Set.of("system"), EnumSet.of(ProjectState.MISSING, ProjectState.DELETED),
				EnumSet.of(OwnerState.MISSING, OwnerState.DISABLED), true, List.of());
	}

	/**
	 * {@return the source without these columns}
	 */
	public static SourceTraits without(KeyColumn... columns) {
		Set<KeyColumn> left = EnumSet.allOf(KeyColumn.class);
		left.removeAll(List.of(columns));
		return names(left, true, List.of());
	}

	/**
	 * {@return the source with these ways to judge names}
	 */
	public static SourceTraits names(Set<KeyColumn> columns, boolean judge, List<Predicate<String>> generated) {
		return new SourceTraits(SOURCE.source(), columns, SOURCE.granularity(), SOURCE.knownSince(), true,
				SOURCE.governedKinds(), SOURCE.neverDisableKinds(), SOURCE.orphanedProjectStates(),
				SOURCE.orphanedOwnerStates(), judge, generated);
	}

	/**
	 * {@return what applies under the default policy}
	 */
	public static RuleContext terms(SourceTraits source) {
		return new RuleContext(AS_OF, Policy.of(TestSettings.of(PolicySettings.class)).base(), source);
	}

	/**
	 * {@return an active key used at that instant}
	 */
	public static KeyRecord used(@Nullable Instant created, Instant at) {
		return key(created, Usage.used(at));
	}

	/**
	 * {@return an active key with a good name}
	 */
	public static KeyRecord key(@Nullable Instant created, Usage usage) {
		return key("prod-billing-export", created, usage, KeyStatus.ACTIVE, "team");
	}

	/**
	 * {@return a key}
	 */
	public static KeyRecord key(@Nullable String name, @Nullable Instant created, Usage usage,
			@Nullable KeyStatus status, @Nullable String kind) {
		return new KeyRecord(new KeyId("api-keys", "key-0001"), name, "sk-a****wxyz",
				new Project("p-1", "Billing", ProjectState.OK), new Owner("o-1", "Ada", null, OwnerState.OK), created,
				usage, null, status, kind, null, null, null);
	}

	/**
	 * {@return a finding's reason as people read it}
	 */
	public static String reason(Finding finding) {
		return (finding.since() == null) ? finding.reason() : finding.reason()
			.replace(Finding.AGO, Plural.of(Duration.between(finding.since(), AS_OF).toDays(), "day") + " ago");
	}

}
