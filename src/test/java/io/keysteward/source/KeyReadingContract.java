package io.keysteward.source;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyId;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * The contract of reading keys, for every kind of source, whether it can switch keys or
 * not.
 */
public abstract class KeyReadingContract {

	protected static final Instant AS_OF = Instant.now().truncatedTo(ChronoUnit.MICROS);

	private static final Duration CLOCKS = Duration.ofMinutes(1);

	private final ReadingFixture fixture;

	private final KeySource source;

	protected KeyReadingContract(ReadingFixture fixture) {
		this.fixture = fixture;
		this.source = fixture.source();
	}

	protected final KeySource source() {
		return this.source;
	}

	@AfterEach
	void closeTheFixture() {
		this.fixture.close();
	}

	@Test
	void aProbeSaysWhereTheSourceIsAndWhatItReturns() {
		Probe probe = this.source.probe();
		assertThat(probe.place()).isEqualTo(this.source.place());
		assertThat(probe.traits().source()).isEqualTo(this.source.id());
		assertThat(probe.traits().columns()).contains(KeyColumn.KEY_ID, KeyColumn.LAST_USED_AT);
		assertThat(probe.traits().recordsUse()).isTrue();
		assertThat(this.fixture.open()).isZero();
	}

	@Test
	void aSnapshotHasEveryKeyOnceInBlocksNoLargerThanAskedFor() {
		List<KeyRecord> put = IntStream.range(0, 2345).mapToObj((n) -> key("key-" + n)).toList();
		put.forEach(this.fixture::put);
		List<KeyRecord> read = new ArrayList<>();
		try (KeySnapshot snapshot = this.source.open(Set.of())) {
			assertThat(snapshot.place()).isEqualTo(this.source.place());
			assertThat(snapshot.traits().source()).isEqualTo(this.source.id());
			List<KeyRecord> block = snapshot.next(1000);
			while (!block.isEmpty()) {
				assertThat(block).hasSizeLessThanOrEqualTo(1000);
				read.addAll(block);
				block = snapshot.next(1000);
			}
			assertThat(snapshot.next(1000)).isEmpty();
			assertThat(snapshot.remasked().fault()).isNull();
			assertThat(snapshot.shortened()).isZero();
		}
		assertThat(read).containsExactlyInAnyOrderElementsOf(put);
	}

	@Test
	void aSnapshotOfNothingIsEmpty() {
		assertThat(keys()).isEmpty();
	}

	@Test
	void aSnapshotSeesOneStateDespiteConcurrentChanges() {
		List<KeyRecord> put = IntStream.range(0, 1500).mapToObj((n) -> key("key-" + n)).toList();
		put.forEach(this.fixture::put);
		List<KeyRecord> read;
		try (KeySnapshot snapshot = this.source.open(Set.of())) {
			read = new ArrayList<>(snapshot.next(1));
			this.fixture.put(key("later"));
			put.stream().skip(1).limit(10).forEach((key) -> this.fixture.remove(key.id().id()));
			this.fixture.put(used(put.get(1400), AS_OF));
			read.addAll(rest(snapshot));
		}
		assertThat(read).containsExactlyInAnyOrderElementsOf(put);
		assertThat(keys()).hasSize(1491).contains(used(put.get(1400), AS_OF), key("later"));
	}

	@Test
	void whenTheRowsWereTrueAndWhatTimeItIsAreTwoThings() {
		try (KeySnapshot snapshot = this.source.open(Set.of())) {
			assertThat(snapshot.snapshotAt()).isBeforeOrEqualTo(snapshot.sourceNow());
			assertThat(Duration.between(snapshot.sourceNow(), this.source.now()).abs()).isLessThan(CLOCKS);
		}
	}

	@Test
	void aSnapshotCanBeNarrowedToProjects() {
		this.fixture.put(in(key("one"), "p1"));
		this.fixture.put(in(key("two"), "p2"));
		this.fixture.put(in(key("three"), "p'3\",{"));
		this.fixture.put(in(key("nowhere"), null));
		try (KeySnapshot snapshot = this.source.open(Set.of("p1", "p'3\",{", "unknown"))) {
			assertThat(rest(snapshot)).extracting((key) -> key.id().id()).containsExactlyInAnyOrder("one", "three");
		}
	}

	@Test
	void aSnapshotMayBeClosedInTheMiddleAndTwice() {
		IntStream.range(0, 1500).mapToObj((n) -> key("key-" + n)).forEach(this.fixture::put);
		KeySnapshot snapshot = this.source.open(Set.of());
		assertThat(snapshot.next(1)).hasSize(1);
		snapshot.close();
		snapshot.close();
		assertThat(this.fixture.open()).isZero();
		assertThat(keys()).hasSize(1500);
		assertThat(this.fixture.open()).isZero();
	}

	/** A duplicate key must be visible to the count of keys. */
	@Test
	void aKeyThatComesTwiceIsShownTwiceOrRefused() {
		KeyRecord key = put(key("twice"));
		this.fixture.repeat(used(key, AS_OF));
		Failure failure = catchThrowableOfType(Failure.class, () -> assertThat(keys()).hasSize(2));
		assertThat((failure != null) ? failure.line() : "twice").contains("twice");
		assertThat(this.fixture.open()).isZero();
	}

	@Test
	void whoDoesNotAnswerMayAnswerLater() {
		KeySource silent = this.fixture.unreachable();
		for (Runnable action : List.<Runnable>of(silent::probe, silent::place, () -> silent.open(Set.of()).close())) {
			assertThat(catchThrowableOfType(Failure.class, action::run).kind()).isEqualTo(Failure.Kind.RETRY);
		}
	}

	@Test
	void aSourceThatCannotDisableSaysWhyAndHasNoSwitch() {
		String obstacle = this.source.disabling().obstacle();
		assumeTrue(obstacle != null);
		assertThat(obstacle).isNotBlank();
		assertThat(catchThrowableOfType(Failure.class, () -> this.source.keySwitch(Set.of())).line())
			.contains(String.valueOf(obstacle));
	}

	protected final KeyRecord put(KeyRecord key) {
		this.fixture.put(key);
		return key;
	}

	protected final List<KeyRecord> keys() {
		try (KeySnapshot snapshot = this.source.open(Set.of())) {
			return rest(snapshot);
		}
	}

	protected static List<KeyRecord> rest(KeySnapshot snapshot) {
		List<KeyRecord> keys = new ArrayList<>();
		for (List<KeyRecord> block = snapshot.next(700); !block.isEmpty(); block = snapshot.next(700)) {
			keys.addAll(block);
		}
		return keys;
	}

	protected final KeyRecord key(String id) {
		return new KeyRecord(new KeyId(this.source.id(), id), "service", "sk-a****wxyz",
				new Project("p", "Payments", ProjectState.OK),
				new Owner("ann", "Ann", "ann@example.org", OwnerState.OK), AS_OF.minus(Duration.ofDays(400)),
				Usage.used(AS_OF.minus(Duration.ofDays(200))), AS_OF.plus(Duration.ofDays(400)), KeyStatus.ACTIVE,
				"team", AS_OF.minus(Duration.ofDays(9)), "pipeline nightly", null);
	}

	protected static KeyRecord used(KeyRecord key, Instant at) {
		return new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(), key.createdAt(),
				Usage.used(at), key.expiresAt(), key.status(), key.kind(), key.lastDeniedAt(), key.referencedBy(),
				null);
	}

	protected static KeyRecord with(KeyRecord key, KeyStatus status) {
		return new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(), key.createdAt(),
				key.usage(), key.expiresAt(), status, key.kind(), key.lastDeniedAt(), key.referencedBy(), null);
	}

	protected static KeyRecord in(KeyRecord key, @Nullable String project) {
		return new KeyRecord(key.id(), key.name(), key.maskedKey(),
				(project != null) ? new Project(project, null, null) : Project.NONE, key.owner(), key.createdAt(),
				key.usage(), key.expiresAt(), key.status(), key.kind(), key.lastDeniedAt(), key.referencedBy(), null);
	}

}
