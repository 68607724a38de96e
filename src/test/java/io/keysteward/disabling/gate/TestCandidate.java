package io.keysteward.disabling.gate;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.keysteward.TestSettings;
import io.keysteward.disabling.Candidate;
import io.keysteward.disabling.DisablePolicy;
import io.keysteward.disabling.DisableSettings;
import io.keysteward.disabling.KeyDecision;
import io.keysteward.disabling.KeyGate;
import io.keysteward.disabling.KeyGates;
import io.keysteward.disabling.NoticeRound;
import io.keysteward.disabling.NoticeSettings;
import io.keysteward.disabling.NoticeSettings.ReminderSettings;
import io.keysteward.disabling.PlanContext;
import io.keysteward.disabling.RecipientLookup;
import io.keysteward.disabling.SentNotice;
import io.keysteward.disabling.SourceFacts;
import io.keysteward.key.KeyContact;
import io.keysteward.key.KeyId;
import io.keysteward.key.Usage;
import io.keysteward.run.Gate;
import io.keysteward.source.DisableCapability;
import org.jspecify.annotations.Nullable;

/**
 * A key that every gate lets through, and what a test changes of it.
 */
final class TestCandidate {

	static final Instant AS_OF = Instant.parse("2026-11-24T02:00:00Z");

	static final DisablePolicy POLICY = DisablePolicy.of(TestSettings.of(DisableSettings.class),
			TestSettings.of(NoticeSettings.class));

	private static final KeyGates GATES = new KeyGates(
			List.of(new NoticeGate(), new SeenBeforeGate(), new ReenabledGate(), new LevelGate(), new ReferencedGate(),
					new KindGate(), new ExemptGate(), new ApprovalGate()));

	private @Nullable String kind = "team";

	private @Nullable String referencedBy;

	private Usage.State usage = Usage.State.USED;

	private @Nullable Instant knownUse;

	private @Nullable String exemption;

	private Candidate.@Nullable Open idle = open(true, 40, 40, -10);

	private Candidate.@Nullable Open orphaned;

	private @Nullable Instant touchedAt;

	private @Nullable Instant resumedAt;

	private @Nullable String obstacle;

	private DisablePolicy policy = POLICY;

	private Candidate.@Nullable Approval approval;

	private @Nullable String nobody;

	private final List<Instant> warnings = new ArrayList<>(List.of(ago(20)));

	private final List<Instant> reminders = new ArrayList<>();

	private final List<Instant> finals = new ArrayList<>(List.of(ago(10)));

	private Instant warningNamed = ago(6);

	private Instant reminderNamed = ago(6);

	private Instant finalNamed = ago(3);

	private List<String> wouldTell = List.of("ada@example.com");

	static Instant ago(long days) {
		return AS_OF.minus(Duration.ofDays(days));
	}

	/** A finding, its threshold so many days from now. */
	static Candidate.Open open(boolean violation, long sinceDays, int seenDays, long thresholdInDays) {
		return new Candidate.Open(violation, ago(sinceDays), seenDays, ago(-thresholdInDays));
	}

	TestCandidate kind(@Nullable String kind) {
		this.kind = kind;
		return this;
	}

	TestCandidate referencedBy(@Nullable String names) {
		this.referencedBy = names;
		return this;
	}

	TestCandidate usage(Usage.State usage) {
		this.usage = usage;
		return this;
	}

	TestCandidate knownUse(Instant at) {
		this.knownUse = at;
		return this;
	}

	TestCandidate exemption(String exemption) {
		this.exemption = exemption;
		return this;
	}

	TestCandidate idle(Candidate.@Nullable Open idle) {
		this.idle = idle;
		return this;
	}

	TestCandidate orphaned(Candidate.Open orphaned) {
		this.orphaned = orphaned;
		return this;
	}

	TestCandidate disabled(Instant at) {
		this.touchedAt = at;
		return this;
	}

	TestCandidate resumed(Instant at) {
		this.resumedAt = at;
		return this;
	}

	TestCandidate obstacle(String obstacle) {
		this.obstacle = obstacle;
		return this;
	}

	TestCandidate approvalRequired() {
		this.policy = DisablePolicy.of(TestSettings.of(DisableSettings.class, "approval=required"),
				TestSettings.of(NoticeSettings.class));
		return this;
	}

	/** Grace has approved it in the workbook of that time. */
	TestCandidate approved(Instant asOf) {
		this.approval = new Candidate.Approval(asOf, "grace@example.com");
		return this;
	}

	TestCandidate nobody(String why) {
		this.nobody = why;
		return this;
	}

	TestCandidate warned(Instant... at) {
		this.warnings.clear();
		this.warnings.addAll(List.of(at));
		return this;
	}

	TestCandidate warnedForTheLastTime(Instant... at) {
		this.finals.clear();
		this.finals.addAll(List.of(at));
		return this;
	}

	TestCandidate reminded(Instant... at) {
		this.reminders.clear();
		this.reminders.addAll(List.of(at));
		return this;
	}

	TestCandidate reminderNamed(Instant day) {
		this.reminderNamed = day;
		return this;
	}

	/** Reminders so many days before the day, besides the two warnings. */
	TestCandidate reminders(int... days) {
		this.policy = DisablePolicy.of(TestSettings.of(DisableSettings.class),
				new NoticeSettings(50, 10,
						Arrays.stream(days)
							.mapToObj((day) -> new ReminderSettings(Duration.ofDays(day), "Reminder", ""))
							.toList()));
		return this;
	}

	/** The days that the warnings and the last warnings named. */
	TestCandidate announced(Instant byWarning, Instant byFinal) {
		this.warningNamed = byWarning;
		this.finalNamed = byFinal;
		return this;
	}

	/** Who would be told now; Ada and Grace were. */
	TestCandidate wouldTell(String... addresses) {
		this.wouldTell = List.of(addresses);
		return this;
	}

	private static List<SentNotice> sentNotices(List<Instant> at, Instant announced) {
		return at.stream().map((each) -> SentNotice.of(each, announced, "Ada@example.com, grace@example.com")).toList();
	}

	Candidate key() {
		return new Candidate(new KeyId("console", "k"), this.kind, this.referencedBy, this.usage, ago(400), ago(200),
				this.knownUse, ago(200), 200, new KeyContact("console", null, null, null, null), this.exemption,
				(this.exemption != null) ? ago(-30) : null, this.idle, this.orphaned, this.touchedAt, this.touchedAt,
				sentNotices(this.warnings, this.warningNamed), sentNotices(this.reminders, this.reminderNamed),
				sentNotices(this.finals, this.finalNamed), this.approval);
	}

	PlanContext context() {
		SourceFacts source = new SourceFacts("console",
				new DisableCapability(this.obstacle, Duration.ofMinutes(1), Set.of("system")), AS_OF, Duration.ZERO,
				100, 90, 0, 0, ago(1), new SourceFacts.Before(100, 0), this.resumedAt);
		return new PlanContext(AS_OF, this.policy, Map.of("console", source),
				new RecipientLookup((contact) -> this.nobody, (contact) -> this.wouldTell));
	}

	NoticeRound rounds() {
		return NoticeRound.select(key(), context());
	}

	/** Why a gate is closed for it; null: it is open. */
	@Nullable String closed(KeyGate gate) {
		return gate.closed(key(), rounds(), context());
	}

	KeyDecision plan() {
		return plan(Map.of());
	}

	KeyDecision plan(Map<Gate, String> closedForSource) {
		return KeyDecision.decide(GATES, key(), closedForSource, context());
	}

}
