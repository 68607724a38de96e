package io.keysteward.source.http;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

import io.keysteward.http.Answer;
import io.keysteward.http.NoAnswer;
import io.keysteward.key.KeyRecord;
import io.keysteward.source.KeySwitch;
import io.keysteward.source.landing.LandedKeys;
import io.keysteward.source.landing.LandedReading;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Switches keys by one request each. HTTP has no transaction, and an answer proves
 * nothing: the key is read before and after, and its state is stored before the request
 * is sent.
 */
final class HttpKeySwitch implements KeySwitch {

	private static final int LARGEST_ROW = 1 << 20;

	private final HttpSystem system;

	private final SwitchRequests requests;

	private final LandedKeys keys;

	private final Set<String> places;

	HttpKeySwitch(HttpSystem system, SwitchRequests requests, LandedKeys keys, Set<String> places) {
		this.system = system;
		this.requests = requests;
		this.keys = keys;
		this.places = places;
	}

	@Override
	public void probe() {
		requirePlace();
		try (LandedReading reading = this.system.open()) {
			reading.sourceNow();
		}
	}

	@Override
	public String rehearsed() {
		return "read again and compared, both requests prepared and none sent, since HTTP cannot roll back";
	}

	@Override
	public @Nullable String rehearse(Order order) {
		KeyState before = state(order.key().id().id(), Map.of());
		String changed = before.differenceFrom(order.key());
		if (changed == null) {
			HeldKey held = held(order, before);
			off(order, before);
			on(order.runId(), order.asOf(), before, held);
		}
		return changed;
	}

	@Override
	public @Nullable String disable(Order order, Consumer<String> undo) {
		return this.system.exclusively(() -> {
			KeyState before = state(order.key().id().id(), Map.of());
			String changed = before.differenceFrom(order.key());
			return (changed != null) ? changed : switchOff(order, before, undo);
		});
	}

	/** Prepares the restore request before the key is off. */
	private @Nullable String switchOff(Order order, KeyState before, Consumer<String> undo) {
		HeldKey held = held(order, before);
		Call off = off(order, before);
		on(order.runId(), order.asOf(), before, held);
		tracked(held.change(), () -> {
			undo.accept(held.text());
			send(off);
		});
		KeyState after = observed(off, held.key(), before.row(), KeyState::isOff);
		if (!after.isOff()) {
			throw Failure.configuration(this.requests.disable().file() + ": was answered, and " + within()
					+ " select.sql still shows the key as active; nothing was undone, and the key may still go off:"
					+ " check it in its system, and correct the request or disable.effective-within");
		}
		String wrong = after.otherChanges(order.key());
		if (wrong != null) {
			switchBackOn(order, after, held);
			throw Failure.configuration(this.requests.disable().file() + ": changes more than whether the key is on: "
					+ wrong + "; it was switched on again: correct the request");
		}
		String used = after.usedSince(order.key());
		if (used != null) {
			switchBackOn(order, after, held);
			return used + " (it was used while it was switched off, and was switched on again)";
		}
		undo.accept(held.seenOff((after.found() != null) ? visible(after) : null).text());
		return null;
	}

	private void switchBackOn(Order order, KeyState off, HeldKey held) {
		try {
			Call on = on(order.runId(), order.asOf(), off, held);
			send(on);
			if (observed(on, held.key(), off.row(), KeyState::isOn).isOn()) {
				return;
			}
		}
		catch (Failure | UnknownOutcome ex) {
			throw stillOff(ex);
		}
		throw stillOff(null);
	}

	private Failure stillOff(@Nullable Throwable cause) {
		return Failure.configuration(
				this.requests.restore().file()
						+ ": the key was used or changed while it was switched off, and could not be switched on again"
						+ ((cause != null) ? " (" + cause.getMessage() + ")" : "") + "; switch it on in its system",
				cause);
	}

	@Override
	public boolean restore(Undo undo, Consumer<String> announce) {
		return this.system.exclusively(() -> {
			HeldKey held = HeldKey.of(undo.values());
			KeyState off = state(undo.keyId(), (held != null) ? held.row() : Map.of());
			if (held == null || !isLeftAlone(undo, held, off)) {
				return false;
			}
			Call on = on(undo.runId(), undo.asOf(), off, held);
			HeldKey restoring = held.restoring(name(), (off.found() != null) ? visible(off) : null);
			tracked(restoring.change(), () -> {
				announce.accept(restoring.text());
				send(on);
			});
			requireOn(off, observed(on, undo.keyId(), held.row(), KeyState::isOn));
			return true;
		});
	}

	private void requireOn(KeyState off, KeyState on) {
		if (!on.isOn()) {
			throw Failure.configuration(this.requests.restore().file() + ": was answered, and " + within()
					+ " select.sql still shows the key as switched off; check it in its system, and correct the"
					+ " request");
		}
		KeyRecord before = off.key();
		String wrong = (before != null) ? on.otherChanges(before) : null;
		if (wrong != null) {
			throw Failure
				.configuration(this.requests.restore().file() + ": switched the key on, and changed something else: "
						+ wrong + "; check it in its system, and correct the request");
		}
	}

	/**
	 * Reads the key to find the result of a request without an answer, after the system
	 * had its time.
	 */
	@Override
	public Fate fate(String handedOver) {
		HeldKey held = HeldKey.of(handedOver);
		if (held == null) {
			this.system.now();
			return Fate.UNKNOWN;
		}
		if (this.system.openChanges().contains(held.change())) {
			throw Failure.retry(
					"the request that changes the key is still running; start the run again when it has ended", null);
		}
		KeyState now = await(held.key(), held.row(), (state) -> !isAsBefore(held, state));
		if (isAsBefore(held, now)) {
			return Fate.ROLLED_BACK;
		}
		boolean done = held.restores() ? now.isOn() : held.isLeftAlone(now, visible(now)) || now.found() == null;
		return done ? Fate.COMMITTED : Fate.UNKNOWN;
	}

	private boolean isAsBefore(HeldKey held, KeyState now) {
		if (held.restores()) {
			return held.isLeftAlone(now, visible(now));
		}
		KeyRecord shown = now.key();
		return shown != null && !now.isOff() && HeldKey.isSame(held.row(), visible(now), shown);
	}

	@Override
	public boolean isOn(String keyId) {
		return !state(keyId, Map.of()).isOff();
	}

	@Override
	public boolean disabledBy(Undo undo) {
		HeldKey held = HeldKey.of(undo.values());
		KeyState now = state(undo.keyId(), (held != null) ? held.row() : Map.of());
		return held != null && isLeftAlone(undo, held, now);
	}

	private boolean isLeftAlone(Undo undo, HeldKey held, KeyState now) {
		return held.run() == undo.runId() && held.key().equals(undo.keyId()) && held.isLeftAlone(now, visible(now));
	}

	private HeldKey held(Order order, KeyState before) {
		HeldKey held = new HeldKey(name(), order.key().id().id(), order.runId(), false, KeyState.lasting(order.key()),
				visible(before), null, false);
		if (held.text().length() > LARGEST_ROW) {
			throw Failure.configuration(this.requests.disable().file() + ": the key's row has more than a million"
					+ " characters, too many to store for restoring it; land fewer columns");
		}
		return held;
	}

	private Map<String, @Nullable String> visible(KeyState state) {
		Map<String, @Nullable String> visible = HeldKey.copy(state.row());
		visible.keySet().removeAll(this.requests.hidden());
		return visible;
	}

	private Call off(Order order, KeyState before) {
		return this.requests.disable()
			.render(this.system.client().address(),
					new RequestValues(order.key().id().id(), order.runId(), order.asOf(), before.row(), Map.of()));
	}

	private Call on(long runId, Instant asOf, KeyState now, HeldKey held) {
		Map<String, @Nullable String> row = (now.found() != null) ? now.row() : held.row();
		return this.requests.restore()
			.render(this.system.client().address(), new RequestValues(held.key(), runId, asOf, row, held.row()));
	}

	/** Marks the change as open while its request is sent. */
	private void tracked(String change, Runnable sending) {
		this.system.openChanges().add(change);
		try {
			sending.run();
		}
		finally {
			this.system.openChanges().remove(change);
		}
	}

	private void send(Call call) {
		ApiClient client = this.system.client();
		try {
			Answer answer = client.change(call);
			if (!answer.isSuccess()) {
				throw unsuccessful(client, call, answer.status());
			}
		}
		catch (NoAnswer ex) {
			String line = client.line(call, ex.why());
			if (ex.neverSent()) {
				throw ex.isLasting() ? Failure.configuration(line) : Failure.retry(line, null);
			}
			throw new UnknownOutcome(line, ex);
		}
	}

	/**
	 * A server may fail, or show another page, after it has done the change.
	 */
	private static RuntimeException unsuccessful(ApiClient client, Call call, int status) {
		Failure failure = client.other(call, status);
		return (ApiClient.isServerFault(status) || ApiClient.mayShowWhatWasDone(status))
				? new UnknownOutcome(failure.line(), failure) : failure;
	}

	/**
	 * {@return the key after an answered request}
	 * @throws UnknownOutcome if the key cannot be read: it may have been switched
	 */
	private KeyState observed(Call sent, String keyId, Map<String, @Nullable String> row, Predicate<KeyState> wanted) {
		try {
			return await(keyId, row, wanted);
		}
		catch (Failure failure) {
			throw new UnknownOutcome(
					this.system.client().line(sent, "was answered, but its result cannot be read: ") + failure.line(),
					failure);
		}
	}

	/**
	 * {@return the key as soon as it has the expected state, or its state when the time
	 * is up}
	 */
	private KeyState await(String keyId, Map<String, @Nullable String> row, Predicate<KeyState> wanted) {
		Deadline deadline = Deadline.in(this.requests.effectiveWithin());
		Duration pause = Duration.ofMillis(250);
		while (true) {
			boolean last = deadline.isOver();
			KeyState state = state(keyId, row);
			if (last || wanted.test(state)) {
				return state;
			}
			Duration left = deadline.left();
			this.system.client().pause((pause.compareTo(left) < 0) ? pause : left);
			pause = (pause.toSeconds() < 5) ? pause.multipliedBy(2) : pause;
		}
	}

	/** That a single row is not there says less than a list that does not show it. */
	private KeyState state(String keyId, Map<String, @Nullable String> row) {
		requirePlace();
		KeyState state = read(keyId, this.system.openOne(keyId, row));
		return (state.found() == null && this.system.readsOne()) ? read(keyId, this.system.open()) : state;
	}

	private KeyState read(String keyId, LandedReading opened) {
		try (LandedReading reading = opened) {
			return new KeyState(this.keys.find(reading, keyId), Objects.requireNonNull(reading.sourceNow()));
		}
	}

	/** Another place may have another key with the same id. */
	private void requirePlace() {
		String here = this.system.where().text();
		if (!this.places.isEmpty() && !this.places.contains(here)) {
			throw Failure.configuration("source '" + this.system.client().source() + "': is at " + here
					+ " now, and the key was read at " + String.join(" or ", this.places) + "; nothing was changed");
		}
	}

	private String within() {
		Duration within = this.requests.effectiveWithin();
		return within.isZero() ? "at once" : "after " + within.toSeconds() + " s";
	}

	private static String name() {
		return UUID.randomUUID().toString();
	}

}
