package io.keysteward.inventory;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Usage;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classification.Judgement;
import io.keysteward.policy.Finding;
import io.keysteward.policy.TestKeys;
import io.keysteward.run.SourceCounts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is stored of each kind of key, and that all are counted whether they are or not.
 */
class KeptKeysTests {

	private static final Instant CREATED = Instant.parse("2026-01-01T00:00:00Z");

	private static final Usage USED = Usage.used(Instant.parse("2026-11-20T00:00:00Z"));

	private static final Usage LATER = Usage.used(Instant.parse("2026-11-30T00:00:00Z"));

	private static final Finding FINDING = new Finding("IDLE", true, "It is idle.", null, null);

	private final KeyHashes known = new KeyHashes();

	private final KeptKeys kept = new KeptKeys(this.known);

	@Test
	void whatIsFlaggedIsStoredThoughItBeExempt() {
		assertThat(of(key(USED, KeyStatus.ACTIVE, Judgement.JUDGED, FINDING))).isOne();
		assertThat(this.kept.select(List.of(new Classification(record(USED, KeyStatus.ACTIVE), Judgement.JUDGED,
				List.of(FINDING), List.of("EX-1"), 3, null, null))))
			.hasSize(1);
		assertThat(this.kept.tally())
			.isEqualTo(new SourceCounts(2, 0, 0, 0, 2, 2, 2, 0, Instant.parse("2026-11-20T00:00:00Z")));
	}

	@Test
	void aDataErrorIsStoredAndItsTimesAreNoSignOfLife() {
		assertThat(of(key(LATER, null, Judgement.DATA_ERROR))).isOne();
		assertThat(this.kept.tally()).isEqualTo(new SourceCounts(0, 1, 0, 0, 0, 1, 0, 0, null));
	}

	@Test
	void ofWhichThereIsNothingToSayIsCountedOnly() {
		assertThat(of(key(USED, KeyStatus.ACTIVE, Judgement.JUDGED))).isZero();
		assertThat(of(key(Usage.UNKNOWN, KeyStatus.ACTIVE, Judgement.JUDGED))).isZero();
		assertThat(of(key(Usage.UNKNOWN, KeyStatus.DISABLED, Judgement.NOT_ACTIVE))).isZero();
		assertThat(of(key(Usage.NEVER_USED, KeyStatus.ACTIVE, Judgement.NOT_GOVERNED))).isZero();
		assertThat(of(key(LATER, KeyStatus.DISABLED, Judgement.NOT_ACTIVE))).isZero();
		assertThat(of(key(USED, KeyStatus.EXPIRED, Judgement.NOT_ACTIVE))).isZero();
		assertThat(this.kept.tally())
			.isEqualTo(new SourceCounts(2, 0, 1, 3, 0, 0, 3, 2, Instant.parse("2026-11-30T00:00:00Z")));
	}

	@Test
	void aKeyThatIsKnownIsStoredWhateverIsSaidOfItToday() {
		this.known.add("key-0001");
		assertThat(of(key(USED, KeyStatus.ACTIVE, Judgement.JUDGED))).isOne();
		assertThat(of(key(USED, KeyStatus.DISABLED, Judgement.NOT_ACTIVE))).isOne();
		assertThat(of(key(USED, KeyStatus.ACTIVE, Judgement.NOT_GOVERNED))).isOne();
	}

	private int of(Classification key) {
		return this.kept.select(List.of(key)).size();
	}

	private static Classification key(Usage usage, @Nullable KeyStatus status, Judgement judgement,
			Finding... findings) {
		return new Classification(record(usage, status), judgement, List.of(findings),
				Arrays.asList(new String[findings.length]), null, null, null);
	}

	private static KeyRecord record(Usage usage, @Nullable KeyStatus status) {
		return TestKeys.key("a name", CREATED, usage, status, "team");
	}

}
