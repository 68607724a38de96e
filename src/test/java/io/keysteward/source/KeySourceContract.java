package io.keysteward.source;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.Owner;
import io.keysteward.key.OwnerState;
import io.keysteward.key.Project;
import io.keysteward.key.ProjectState;
import io.keysteward.key.Usage;
import io.keysteward.source.KeySwitch.Fate;
import io.keysteward.source.KeySwitch.Order;
import io.keysteward.source.KeySwitch.Undo;
import io.keysteward.source.KeySwitch.UnknownOutcome;
import io.keysteward.text.Failure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every kind of source that can switch keys promises to the rest of the job,
 * whatever it is read from.
 */
public abstract class KeySourceContract extends KeyReadingContract {

	private static final long RUN = 7;

	private final SourceFixture fixture;

	private final KeySource source;

	/** What was handed over before each change was committed. */
	private final List<String> handedOver = new ArrayList<>();

	protected KeySourceContract(SourceFixture fixture) {
		super(fixture);
		this.fixture = fixture;
		this.source = source();
	}

	@Test
	void aKeyThatComesTwiceIsNeverSwitched() {
		KeyRecord key = put(key("twice"));
		this.fixture.repeat(used(key, AS_OF));
		KeySwitch keySwitch = keySwitch();
		for (KeyRecord read : List.of(key, used(key, AS_OF))) {
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> keySwitch.disable(order(read), this::handOver));
			assertThatExceptionOfType(Failure.class).isThrownBy(() -> keySwitch.rehearse(order(read)));
		}
		assertThat(this.handedOver).isEmpty();
		assertThat(this.fixture.open()).isZero();
	}

	@Test
	void aDefinitionThatCannotDisableSaysWhyAndHasNoSwitch() {
		assertThat(this.source.disabling().obstacle()).isNull();
		KeySource without = this.fixture.withoutDisabling();
		assertThat(without.disabling().obstacle()).isNotBlank();
		assertThat(catchThrowableOfType(Failure.class, () -> without.keySwitch(Set.of())).line())
			.contains(String.valueOf(without.disabling().obstacle()));
	}

	@Test
	void whoDoesNotAnswerMayAnswerLaterWhateverIsAsked() {
		KeySource silent = this.fixture.unreachable();
		Order order = order(key("k"));
		Undo undo = new Undo("k", RUN, AS_OF, "{}");
		for (Runnable action : List.<Runnable>of(() -> silent.keySwitch(Set.of()).probe(),
				() -> silent.keySwitch(Set.of()).rehearse(order),
				() -> silent.keySwitch(Set.of()).disable(order, this::handOver),
				() -> silent.keySwitch(Set.of()).restore(undo, this::handOver),
				() -> silent.keySwitch(Set.of()).disabledBy(undo), () -> silent.keySwitch(Set.of()).fate("{}"),
				() -> silent.keySwitch(Set.of()).isOn("k"))) {
			assertThat(catchThrowableOfType(Failure.class, action::run).kind()).isEqualTo(Failure.Kind.RETRY);
		}
		assertThat(this.handedOver).isEmpty();
	}

	@Test
	void aRehearsalLeavesTheKeyAsItWas() {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		keySwitch.probe();
		assertThat(keySwitch.rehearse(order(key))).isNull();
		assertThat(keySwitch.isOn("k")).isTrue();
		assertThat(keys()).containsExactly(key);
		assertThat(this.fixture.open()).isZero();
	}

	@Test
	void aKeyIsSwitchedOffAndOnAgainAndNoOtherOneIsTouched() {
		KeyRecord key = put(key("k"));
		KeyRecord other = put(key("other"));
		KeySwitch keySwitch = keySwitch();
		assertThat(keySwitch.disable(order(key), this::handOver)).isNull();
		assertThat(keySwitch.isOn("k")).isFalse();
		assertThat(keySwitch.isOn("other")).isTrue();
		assertThat(keys()).contains(other).doesNotContain(key);
		assertThat(keySwitch.disabledBy(undo("k"))).isTrue();
		assertThat(keySwitch.isOn("k")).isFalse();
		assertThat(keySwitch.restore(undo("k"), this::handOver)).isTrue();
		assertThat(keySwitch.disabledBy(undo("k"))).isFalse();
		assertThat(keys()).containsExactlyInAnyOrder(key, other);
		assertThat(this.handedOver).hasSize(2);
		assertThat(this.fixture.open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(strings = { "'; DELETE FROM k; --", "{\"$\": \"\\\\\"}", "ключ 🔑", "a b", "%", "KEY" })
	void anIdIsAnIdWhateverStandsInIt(String id) {
		KeyRecord key = put(key(id));
		KeyRecord other = put(key("key"));
		assertThat(keys()).containsExactlyInAnyOrder(key, other);
		assertThat(keySwitch().disable(order(key), this::handOver)).isNull();
		assertThat(keySwitch().isOn(id)).isFalse();
		assertThat(keySwitch().isOn("key")).isTrue();
		assertThat(keySwitch().restore(undo(id), this::handOver)).isTrue();
		assertThat(keys()).containsExactlyInAnyOrder(key, other);
	}

	/** Compare and set: what the run has judged is what it may switch. */
	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = { "KEY_ID", "LAST_DENIED_AT" })
	void aKeyThatIsNotAsItWasReadIsLeftAloneInEveryColumn(KeyColumn column) {
		assumeTrue(this.source.probe().traits().columns().contains(column));
		KeyRecord read = key("k");
		KeyRecord now = put(changed(read, column));
		assertThat(keySwitch().rehearse(order(read))).contains(column.columnName());
		assertThat(keySwitch().disable(order(read), this::handOver)).contains(column.columnName());
		assertThat(keys()).containsExactly(now);
		assertThat(this.handedOver).isEmpty();
	}

	/** An attempt that nobody has seen yet may be of somebody who needs the key. */
	@Test
	void aKeyThatWasTriedSinceItWasReadIsLeftAlone() {
		KeyRecord read = put(key("k"));
		this.fixture.deny("k", AS_OF.minusSeconds(60));
		assertThat(keySwitch().rehearse(order(read))).contains("last_denied_at");
		assertThat(keySwitch().disable(order(read), this::handOver)).contains("last_denied_at was ");
		assertThat(keySwitch().isOn("k")).isTrue();
		assertThat(this.handedOver).isEmpty();
	}

	@Test
	void anAttemptThatItsSourceHasForgottenChangesNothing() {
		KeyRecord read = put(key("k"));
		this.fixture.deny("k", AS_OF.minus(Duration.ofDays(30)));
		assertThat(keySwitch().rehearse(order(read))).isNull();
		assertThat(keySwitch().disable(order(read), this::handOver)).isNull();
	}

	/** Whoever tries a key must not be able to keep it from being restored. */
	@Test
	void aKeyThatIsStillTriedIsSwitchedOnAgain() {
		KeyRecord read = put(key("k"));
		assertThat(keySwitch().disable(order(read), this::handOver)).isNull();
		this.fixture.deny("k", AS_OF.minusSeconds(1));
		assertThat(keySwitch().disabledBy(undo("k"))).isTrue();
		assertThat(keySwitch().restore(undo("k"), this::handOver)).isTrue();
		assertThat(keySwitch().isOn("k")).isTrue();
	}

	@Test
	void aKeyThatIsGoneIsOffAndNotSwitched() {
		assertThat(keySwitch().isOn("k")).isFalse();
		assertThat(keySwitch().disable(order(key("k")), this::handOver)).isNotBlank();
		assertThat(keySwitch().disabledBy(new Undo("k", RUN, AS_OF, "{}"))).isFalse();
		assertThat(this.handedOver).isEmpty();
	}

	@Test
	void aKeyWhoseEndHasComeIsOffWhateverItsStatusSays() {
		KeyRecord read = key("k");
		KeyRecord ended = put(new KeyRecord(read.id(), read.name(), read.maskedKey(), read.project(), read.owner(),
				read.createdAt(), read.usage(), AS_OF.minusSeconds(60), read.status(), read.kind(), read.lastDeniedAt(),
				read.referencedBy(), null));
		assertThat(keySwitch().isOn("k")).isFalse();
		assertThat(keySwitch().disable(order(ended), this::handOver)).contains("expires_at");
		assertThat(this.handedOver).isEmpty();
	}

	@Test
	void ofTwoWhoSwitchAKeyAtTheSameTimeOneDoes() throws Exception {
		KeyRecord key = put(key("k"));
		List<CompletableFuture<Boolean>> second = new ArrayList<>();
		assertThat(keySwitch().disable(order(key), (undo) -> {
			handOver(undo);
			second.add(CompletableFuture
				.supplyAsync(() -> keySwitch().disable(new Order(key, RUN + 1, AS_OF), this::handOver) == null));
		})).isNull();
		assertThat(second.get(0).get(60, TimeUnit.SECONDS)).isFalse();
		assertThat(keySwitch().disabledBy(undo("k"))).isTrue();
		assertThat(keySwitch().disabledBy(new Undo("k", RUN + 1, AS_OF, this.handedOver.get(0)))).isFalse();
	}

	@Test
	void nothingIsChangedBeforeWhatTakesItBackIsHandedOver() {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		List<KeyRecord> meanwhile = new ArrayList<>();
		assertThat(keySwitch.disable(order(key), (undo) -> {
			handOver(undo);
			meanwhile.addAll(keys());
			assertThat(catchThrowableOfType(Failure.class, () -> keySwitch.fate(undo)).kind())
				.isEqualTo(Failure.Kind.RETRY);
		})).isNull();
		assertThat(meanwhile).containsExactly(key);
		assertThat(keySwitch.fate(this.handedOver.get(0))).isEqualTo(Fate.COMMITTED);
		assertThat(keySwitch.restore(undo("k"), this::handOver)).isTrue();
		assertThat(keySwitch.fate(this.handedOver.get(1))).isEqualTo(Fate.COMMITTED);
	}

	@Test
	void whatCannotBeStoredIsNotChanged() {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> keySwitch.disable(order(key), this::handOverAndFail));
		assertThat(keys()).containsExactly(key);
		assertThat(keySwitch.fate(this.handedOver.get(0))).isEqualTo(Fate.ROLLED_BACK);
		assertThat(keySwitch.disabledBy(undo("k"))).isFalse();
		this.handedOver.clear();
		assertThat(keySwitch.disable(order(key), this::handOver)).isNull();
		assertThatExceptionOfType(IllegalStateException.class)
			.isThrownBy(() -> keySwitch.restore(undo("k"), this::handOverAndFail));
		assertThat(keySwitch.isOn("k")).isFalse();
		assertThat(keySwitch.fate(this.handedOver.get(1))).isEqualTo(Fate.ROLLED_BACK);
		assertThat(keySwitch.disabledBy(undo("k"))).isTrue();
		assertThat(this.fixture.open()).isZero();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void whatWasNotConfirmedIsAskedOfTheSource(boolean committed) throws Exception {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		assertThatExceptionOfType(UnknownOutcome.class).isThrownBy(() -> keySwitch.disable(order(key), (undo) -> {
			handOver(undo);
			this.fixture.loseConfirmation(committed);
		}));
		assertThat(settled(() -> keySwitch.fate(this.handedOver.get(0))))
			.isIn(committed ? Fate.COMMITTED : Fate.ROLLED_BACK, Fate.UNKNOWN);
		assertThat(keySwitch.disabledBy(undo("k"))).isEqualTo(committed);
		assertThat(keySwitch.isOn("k")).isEqualTo(!committed);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void aRestoringThatWasNotConfirmedIsAskedOfTheSource(boolean committed) throws Exception {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		assertThat(keySwitch.disable(order(key), this::handOver)).isNull();
		assertThatExceptionOfType(UnknownOutcome.class).isThrownBy(() -> keySwitch.restore(undo("k"), (receipt) -> {
			handOver(receipt);
			this.fixture.loseConfirmation(committed);
		}));
		assertThat(settled(() -> keySwitch.fate(this.handedOver.get(1))))
			.isIn(committed ? Fate.COMMITTED : Fate.ROLLED_BACK, Fate.UNKNOWN);
		assertThat(keySwitch.disabledBy(undo("k"))).isEqualTo(!committed);
		assertThat(keySwitch.isOn("k")).isEqualTo(committed);
	}

	@Test
	void ofWhatItNeverHeardOfASourceDoesNotKnowTheFate() {
		assertThat(keySwitch().fate("{}")).isEqualTo(Fate.UNKNOWN);
	}

	@Test
	void onlyTheRunThatSwitchedAKeyOffSwitchesItOn() {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		assertThat(keySwitch.disable(order(key), this::handOver)).isNull();
		Undo another = new Undo("k", RUN + 1, AS_OF, this.handedOver.get(0));
		assertThat(keySwitch.disabledBy(another)).isFalse();
		assertThat(keySwitch.restore(another, this::handOver)).isFalse();
		assertThat(keySwitch.isOn("k")).isFalse();
		assertThat(this.handedOver).hasSize(1);
	}

	@ParameterizedTest
	@EnumSource(KeyStatus.class)
	void aKeyThatSomebodyHasTouchedSinceIsNotRestored(KeyStatus status) {
		KeyRecord key = put(key("k"));
		KeySwitch keySwitch = keySwitch();
		assertThat(keySwitch.disable(order(key), this::handOver)).isNull();
		KeyRecord touched = put(with(key, status));
		assertThat(keySwitch.disabledBy(undo("k"))).isFalse();
		assertThat(keySwitch.restore(undo("k"), this::handOver)).isFalse();
		assertThat(keys()).containsExactly(touched);
		this.fixture.remove("k");
		assertThat(keySwitch.restore(undo("k"), this::handOver)).isFalse();
		assertThat(this.handedOver).hasSize(1);
	}

	/** Another key may have the same id there. */
	@Test
	void aKeyIsSwitchedOnlyWhereItWasRead() {
		KeyRecord key = put(key("k"));
		KeySwitch elsewhere = this.source.keySwitch(Set.of("another place"));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> elsewhere.disable(order(key), this::handOver));
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> elsewhere.rehearse(order(key)));
		assertThat(keys()).containsExactly(key);
		KeySwitch here = this.source.keySwitch(Set.of("another place", this.source.place().text()));
		assertThat(here.disable(order(key), this::handOver)).isNull();
		assertThatExceptionOfType(Failure.class).isThrownBy(() -> elsewhere.restore(undo("k"), this::handOver));
		assertThat(here.isOn("k")).isFalse();
		assertThat(this.handedOver).hasSize(1);
	}

	private KeySwitch keySwitch() {
		return this.source.keySwitch(Set.of());
	}

	private void handOver(String undo) {
		this.handedOver.add(undo);
	}

	private void handOverAndFail(String undo) {
		handOver(undo);
		throw new IllegalStateException("it could not be stored");
	}

	/** A change that nobody goes on with ends within seconds. */
	private static Fate settled(Supplier<Fate> fate) throws InterruptedException {
		for (int attempt = 0; attempt < 100; attempt++) {
			try {
				return fate.get();
			}
			catch (Failure failure) {
				assertThat(failure.kind()).isEqualTo(Failure.Kind.RETRY);
				TimeUnit.MILLISECONDS.sleep(100);
			}
		}
		throw new AssertionError("the change is still under way");
	}

	private static Order order(KeyRecord key) {
		return new Order(key, RUN, AS_OF);
	}

	/** What the first change has left. */
	private Undo undo(String keyId) {
		return new Undo(keyId, RUN, AS_OF, this.handedOver.get(0));
	}

	private static KeyRecord changed(KeyRecord key, KeyColumn column) {
		Project project = switch (column) {
			case PROJECT_ID -> new Project("q", key.project().name(), key.project().state());
			case PROJECT_NAME -> new Project(key.project().id(), "Quotes", key.project().state());
			case PROJECT_STATE -> new Project(key.project().id(), key.project().name(), ProjectState.DELETED);
			default -> key.project();
		};
		Owner owner = switch (column) {
			case OWNER_ID -> new Owner("bob", key.owner().name(), key.owner().email(), key.owner().state());
			case OWNER_NAME -> new Owner(key.owner().id(), "Bob", key.owner().email(), key.owner().state());
			case OWNER_EMAIL -> new Owner(key.owner().id(), key.owner().name(), null, key.owner().state());
			case OWNER_STATE ->
				new Owner(key.owner().id(), key.owner().name(), key.owner().email(), OwnerState.DISABLED);
			default -> key.owner();
		};
		Instant late = AS_OF.minusSeconds(1);
		return new KeyRecord(key.id(), (column != KeyColumn.NAME) ? key.name() : "night job",
				(column != KeyColumn.MASKED_KEY) ? key.maskedKey() : "sk-b****wxyz", project, owner,
				(column != KeyColumn.CREATED_AT) ? key.createdAt() : late,
				(column != KeyColumn.LAST_USED_AT) ? key.usage() : Usage.used(late),
				(column != KeyColumn.EXPIRES_AT) ? key.expiresAt() : null,
				(column != KeyColumn.STATUS) ? key.status() : KeyStatus.EXPIRED,
				(column != KeyColumn.KIND) ? key.kind() : null, key.lastDeniedAt(),
				(column != KeyColumn.REFERENCED_BY) ? key.referencedBy() : "pipeline weekly", null);
	}

}
