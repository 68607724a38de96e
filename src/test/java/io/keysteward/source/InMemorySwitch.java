package io.keysteward.source;

import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Switches keys of an {@link InMemorySource}, one change at a time.
 */
final class InMemorySwitch implements KeySwitch {

	private static final AtomicLong CHANGES = new AtomicLong();

	/** What became of all changes; those without a fate are under way. */
	private static final Map<String, Fate> FATES = new ConcurrentHashMap<>();

	private static final Set<String> BEGUN = ConcurrentHashMap.newKeySet();

	private static final Lock ONE_AT_A_TIME = new ReentrantLock();

	private final InMemorySource source;

	private final Set<String> places;

	InMemorySwitch(InMemorySource source, Set<String> places) {
		this.source = source;
		this.places = places;
	}

	@Override
	public void probe() {
		alone(() -> true);
	}

	@Override
	public @Nullable String rehearse(Order order) {
		return alone(() -> difference(order.key()));
	}

	@Override
	public @Nullable String disable(Order order, Consumer<String> undo) {
		return alone(() -> {
			String changed = difference(order.key());
			if (changed != null) {
				return changed;
			}
			String change = begin();
			commit(change, undo, with(order.key(), KeyStatus.DISABLED), new Mark(order.runId(), change));
			return null;
		});
	}

	@Override
	public boolean restore(Undo undo, Consumer<String> announce) {
		return alone(() -> {
			KeyRecord off = disabled(undo);
			if (off != null) {
				commit(begin(), announce, with(off, KeyStatus.ACTIVE), null);
			}
			return off != null;
		});
	}

	@Override
	public Fate fate(String handedOver) {
		return alone(() -> {
			Fate fate = FATES.get(handedOver);
			if (fate == null && BEGUN.contains(handedOver)) {
				throw Failure.retry("the change is still under way", null);
			}
			return (fate != null) ? fate : Fate.UNKNOWN;
		});
	}

	@Override
	public boolean isOn(String keyId) {
		return alone(() -> this.source.isOn(this.source.find(keyId)));
	}

	@Override
	public boolean disabledBy(Undo undo) {
		return alone(() -> disabled(undo) != null);
	}

	private <T extends @Nullable Object> T alone(Supplier<T> work) {
		ONE_AT_A_TIME.lock();
		try {
			this.source.begin(this.places);
			try {
				return work.get();
			}
			finally {
				this.source.end();
			}
		}
		finally {
			ONE_AT_A_TIME.unlock();
		}
	}

	private @Nullable String difference(KeyRecord read) {
		KeyRecord now = this.source.find(read.id().id());
		String difference = Difference.since(read, now);
		return (difference != null || this.source.isOn(now)) ? difference
				: "expires_at " + read.expiresAt() + " has passed since";
	}

	private @Nullable KeyRecord disabled(Undo undo) {
		Mark mark = this.source.mark(undo.keyId());
		return (mark != null && mark.equals(new Mark(undo.runId(), String.valueOf(undo.values()))))
				? this.source.find(undo.keyId()) : null;
	}

	private static String begin() {
		String change = "{\"change\": " + CHANGES.incrementAndGet() + "}";
		BEGUN.add(change);
		return change;
	}

	private void commit(String change, Consumer<String> handOver, KeyRecord key, @Nullable Mark mark) {
		Boolean unconfirmed;
		try {
			handOver.accept(change);
			unconfirmed = this.source.commit(key, mark);
		}
		catch (RuntimeException ex) {
			FATES.put(change, Fate.ROLLED_BACK);
			throw ex;
		}
		FATES.put(change, (unconfirmed == null || unconfirmed) ? Fate.COMMITTED : Fate.ROLLED_BACK);
		if (unconfirmed != null) {
			throw new UnknownOutcome("the source did not confirm the change", new IllegalStateException());
		}
	}

	private static KeyRecord with(KeyRecord key, KeyStatus status) {
		return new KeyRecord(key.id(), key.name(), key.maskedKey(), key.project(), key.owner(), key.createdAt(),
				key.usage(), key.expiresAt(), status, key.kind(), key.lastDeniedAt(), key.referencedBy(),
				key.dataError());
	}

	/**
	 * By what a key is off.
	 *
	 * @param runId the run
	 * @param change its change
	 */
	record Mark(long runId, String change) {
	}

}
