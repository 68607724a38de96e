package io.keysteward.policy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;

import io.keysteward.TestRule;
import io.keysteward.TestSettings;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Project;
import io.keysteward.key.SourceTraits;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification.Judgement;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static io.keysteward.policy.TestKeys.AS_OF;
import static org.assertj.core.api.Assertions.assertThat;

class ClassifierTests {

	private static final Instant CREATED = AS_OF.minus(Duration.ofDays(100));

	private static final Duration SKEW = Duration.ofMinutes(5);

	private final List<RuleContext> asked = new ArrayList<>();

	private Instant readAt = AS_OF;

	@ParameterizedTest
	@ValueSource(strings = { "personal", "team", "system" })
	void aGovernedActiveKeyIsJudgedByEveryRuleInTheOrderOfTheirCodes(String kind) {
		Classification judged = classify(key(CREATED, Usage.used(AS_OF), KeyStatus.ACTIVE, kind));
		assertThat(judged.judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(judged.findings()).extracting(Finding::rule).containsExactly("AAA", "ZZZ");
		assertThat(judged.dataError()).isNull();
	}

	@Test
	void aKindThatIsNotGovernedIsNotJudged() {
		Classification other = classify(key(CREATED, Usage.NEVER_USED, KeyStatus.ACTIVE, "robot"));
		assertThat(other.judgement()).isEqualTo(Judgement.NOT_GOVERNED);
		assertThat(other.findings()).isEmpty();
		assertThat(other.idleDays()).isEqualTo(100);
		assertThat(classify(key(CREATED, Usage.NEVER_USED, KeyStatus.ACTIVE, null)).judgement())
			.isEqualTo(Judgement.NOT_GOVERNED);
	}

	@ParameterizedTest
	@EnumSource(value = KeyStatus.class, names = { "DISABLED", "EXPIRED" })
	void aKeyThatDoesNotWorkIsNotJudged(KeyStatus status) {
		Classification off = classify(key(CREATED, Usage.NEVER_USED, status, "team"));
		assertThat(off.judgement()).isEqualTo(Judgement.NOT_ACTIVE);
		assertThat(off.findings()).isEmpty();
		assertThat(off.key().status()).isEqualTo(status);
	}

	@ParameterizedTest
	@CsvSource({ "-1,ACTIVE,NOT_ACTIVE,EXPIRED", "0,ACTIVE,NOT_ACTIVE,EXPIRED", "1,ACTIVE,JUDGED,ACTIVE",
			"-1,DISABLED,NOT_ACTIVE,DISABLED" })
	void anActiveKeyIsExpiredFromTheInstantOfItsExpiry(int seconds, KeyStatus read, Judgement judgement,
			KeyStatus status) {
		KeyRecord key = key(CREATED, Usage.used(AS_OF), read, "team");
		KeyRecord expiring = new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(),
				key.createdAt(), key.usage(), AS_OF.plusSeconds(seconds), key.status(), key.kind(), key.lastDeniedAt(),
				key.referencedBy(), null);
		Classification classified = classify(expiring);
		assertThat(classified.judgement()).isEqualTo(judgement);
		assertThat(classified.key().status()).isEqualTo(status);
		assertThat(classified.key().id()).isEqualTo(key.id());
	}

	@Test
	void aRowThatCannotBeReadIsADataErrorWhateverElseItSays() {
		KeyRecord key = key(CREATED, Usage.UNKNOWN, null, "robot");
		Classification error = classify(new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(),
				key.createdAt(), key.usage(), null, null, key.kind(), key.lastDeniedAt(), key.referencedBy(),
				"status 'paused' is not one of active."));
		assertThat(error.judgement()).isEqualTo(Judgement.DATA_ERROR);
		assertThat(error.dataError()).isEqualTo("status 'paused' is not one of active.");
		assertThat(error.findings()).isEmpty();
		assertThat(error.idleDays()).isNull();
		assertThat(this.asked).isEmpty();
	}

	@Test
	void theSourcesClockMayBeFiveMinutesAheadAndNotASecondMore() {
		assertThat(classify(TestKeys.used(CREATED, AS_OF.plus(SKEW))).judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(classify(TestKeys.used(CREATED, AS_OF.plus(SKEW).plusSeconds(1))).dataError())
			.isEqualTo("Last used at 2026-11-23T02:05:01Z, which is after it was read, at 2026-11-23T02:00:00Z.");
		assertThat(classify(TestKeys.key(AS_OF.plus(SKEW), Usage.UNKNOWN)).judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(classify(TestKeys.key(AS_OF.plus(SKEW).plusSeconds(1), Usage.UNKNOWN)).dataError())
			.isEqualTo("Created at 2026-11-23T02:05:01Z, which is after it was read, at 2026-11-23T02:00:00Z.");
	}

	@Test
	void aKeyUsedOrMadeBetweenAsOfAndReadingIsInUseAndJudged() {
		this.readAt = AS_OF.plus(Duration.ofHours(6));
		Classification used = classify(TestKeys.used(CREATED, this.readAt.plus(SKEW)));
		assertThat(used.judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(used.findings()).extracting(Finding::rule).containsExactly("AAA", "ZZZ");
		assertThat(used.idleDays()).isZero();
		Classification made = classify(TestKeys.key(this.readAt, Usage.NEVER_USED));
		assertThat(made.judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(made.idleDays()).isZero();
		assertThat(classify(TestKeys.used(CREATED, this.readAt.plus(SKEW).plusSeconds(1))).dataError())
			.isEqualTo("Last used at 2026-11-23T08:05:01Z, which is after it was read, at 2026-11-23T08:00:00Z.");
	}

	@Test
	void theNewestUseThatIsKnownOfIsTheOneThatCounts() {
		Instant yesterday = AS_OF.minus(Duration.ofDays(1));
		for (KeyRecord shown : List.of(TestKeys.key(CREATED, Usage.NEVER_USED), TestKeys.used(CREATED, CREATED))) {
			Classification judged = classify(shown, yesterday);
			assertThat(judged.idleDays()).isOne();
			assertThat(judged.usage()).isEqualTo(Usage.used(yesterday));
			assertThat(judged.key()).isEqualTo(shown);
			assertThat(judged.knownUse()).isEqualTo(yesterday);
		}
	}

	@Test
	void aUseThatIsKnownDoesNotMakeAKeyIdleOfWhichNothingIsKnownSince() {
		Classification judged = classify(TestKeys.key(CREATED, Usage.UNKNOWN), AS_OF.minus(Duration.ofDays(90)));
		assertThat(judged.idleDays()).isNull();
		assertThat(judged.usage()).isEqualTo(Usage.UNKNOWN);
	}

	@Test
	void rowsOfAnEarlierSnapshotAreJudgedAsOfTheRun() {
		this.readAt = AS_OF.minus(Duration.ofHours(6));
		assertThat(classify(TestKeys.used(CREATED, AS_OF)).judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(classify(TestKeys.used(CREATED, AS_OF.minus(Duration.ofDays(2)))).idleDays()).isEqualTo(2);
	}

	@Test
	void aLastUseMayComeBeforeTheCreationByTheUncertaintyAndNotASecondMore() {
		Instant earliest = CREATED.minus(Duration.ofHours(48));
		assertThat(classify(TestKeys.used(CREATED, earliest)).judgement()).isEqualTo(Judgement.JUDGED);
		assertThat(classify(TestKeys.used(CREATED, earliest.minusSeconds(1))).dataError())
			.isEqualTo("Last used at 2026-08-13T01:59:59Z, before it was created at 2026-08-15T02:00:00Z, "
					+ "by more than the uncertainty of 2d.");
	}

	@ParameterizedTest
	@CsvSource({ "0,0", "86399,0", "86400,1", "86401,1", "-300,0" })
	void idleDaysAreWholeDaysOfTwentyFourHours(long seconds, int days) {
		assertThat(classify(TestKeys.used(CREATED, AS_OF.minusSeconds(seconds))).idleDays()).isEqualTo(days);
	}

	@ParameterizedTest
	@ValueSource(strings = { "Asia/Tokyo", "America/St_Johns" })
	void theMachinesZoneChangesNothing(String zone) {
		TimeZone before = TimeZone.getDefault();
		TimeZone.setDefault(TimeZone.getTimeZone(zone));
		try {
			idleDaysAreWholeDaysOfTwentyFourHours(86399, 0);
			idleDaysAreWholeDaysOfTwentyFourHours(86400, 1);
			theSourcesClockMayBeFiveMinutesAheadAndNotASecondMore();
		}
		finally {
			TimeZone.setDefault(before);
		}
	}

	@Test
	void idleDaysCountFromTheLatestOfLastUseCreationAndRecording() {
		Instant earlier = CREATED.minus(Duration.ofDays(1));
		assertThat(classify(TestKeys.used(CREATED, earlier)).idleDays()).isEqualTo(100);
		assertThat(classify(TestKeys.key(CREATED, Usage.NEVER_USED)).idleDays()).isEqualTo(100);
		assertThat(classify(TestKeys.used(null, earlier)).idleDays()).isEqualTo(101);
		SourceTraits recording = TestKeys.source(Duration.ZERO, AS_OF.minus(Duration.ofDays(7)));
		assertThat(classify(TestKeys.key(CREATED, Usage.NEVER_USED), recording).idleDays()).isEqualTo(7);
		assertThat(classify(TestKeys.used(CREATED, AS_OF.minusSeconds(1)), recording).idleDays()).isZero();
	}

	@Test
	void idleDaysAreUnknownWhereNothingIsKnown() {
		assertThat(classify(TestKeys.key(CREATED, Usage.UNKNOWN)).idleDays()).isNull();
		assertThat(classify(TestKeys.key(null, Usage.NEVER_USED)).idleDays()).isNull();
		SourceTraits tomorrow = TestKeys.source(Duration.ZERO, AS_OF.plus(Duration.ofDays(1)));
		assertThat(classify(TestKeys.key(CREATED, Usage.NEVER_USED), tomorrow).idleDays()).isNull();
	}

	@Test
	void rulesSeeTheThresholdsOfTheKeysProject() {
		PolicySettings.Override override = new PolicySettings.Override("api-keys", "quarter-end",
				new PolicySettings.Idle(Duration.ofDays(60), null), null, null, null, null, null);
		Policy policy = Policy.of(new PolicySettings("default", null, null, null, null, null, null, List.of(override)));
		Classifier classifier = new Classifier(List.of(rule("AAA")), policy, TestKeys.SOURCE, AS_OF, AS_OF,
				Exemptions.none(AS_OF));
		KeyRecord key = TestKeys.used(CREATED, AS_OF);
		classifier.classify(key);
		classifier.classify(new KeyRecord(key.id(), key.name(), key.maskedKey(), new Project("quarter-end", null, null),
				key.owner(), key.createdAt(), key.usage(), null, key.status(), key.kind(), key.lastDeniedAt(),
				key.referencedBy(), null));
		assertThat(this.asked).extracting((terms) -> terms.thresholds().idleWarn().toDays()).containsExactly(45L, 60L);
		assertThat(this.asked).allSatisfy((terms) -> assertThat(terms.asOf()).isEqualTo(AS_OF));
	}

	private Classification classify(KeyRecord key, Instant knownUse) {
		return new Classifier(List.of(), Policy.of(TestSettings.of(PolicySettings.class)), TestKeys.SOURCE, AS_OF,
				AS_OF, Exemptions.none(AS_OF))
			.classify(key, knownUse);
	}

	private Classification classify(KeyRecord key) {
		return classify(key, TestKeys.SOURCE);
	}

	private Classification classify(KeyRecord key, SourceTraits source) {
		List<Rule> rules = List.of(rule("ZZZ"), rule("AAA"));
		return new Classifier(rules, Policy.of(TestSettings.of(PolicySettings.class)), source, AS_OF, this.readAt,
				Exemptions.none(AS_OF))
			.classify(key);
	}

	private static KeyRecord key(@Nullable Instant created, Usage usage, @Nullable KeyStatus status,
			@Nullable String kind) {
		return TestKeys.key("prod-billing-export", created, usage, status, kind);
	}

	/** Objects to every key. */
	private Rule rule(String code) {
		return new TestRule(code, Rule.Evidence.NAME, (key, terms) -> {
			this.asked.add(terms);
			return Optional.of(Finding.warn(code, "It is there."));
		});
	}

}
