package io.keysteward.source;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.KeyStatus;
import io.keysteward.key.OwnerState;
import io.keysteward.key.ProjectState;
import io.keysteward.key.SourceTraits;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A source that has its keys in memory, for tests of what is no matter of any database.
 */
public final class InMemorySource implements KeySource {

	private final String id;

	private final Clock clock;

	private final Place place;

	private final AtomicInteger open = new AtomicInteger();

	/** Replaced as a whole: whoever reads sees one state. */
	private volatile List<KeyRecord> rows = List.of();

	/** Of keys that were switched off: by what. */
	private final Map<String, InMemorySwitch.Mark> marks = new HashMap<>();

	private volatile @Nullable Instant takenAt;

	private volatile @Nullable String obstacle;

	private volatile @Nullable Failure fault;

	private @Nullable Boolean lost;

	public InMemorySource(String id, Clock clock) {
		this.id = id;
		this.clock = clock;
		this.place = new Place("the memory of " + id, id);
	}

	/** Somebody makes a key anew: it is as this record from now on, in one row. */
	public InMemorySource put(KeyRecord key) {
		remove(key.id().id());
		return repeat(key);
	}

	/** Another row of a key comes along. */
	public synchronized InMemorySource repeat(KeyRecord key) {
		List<KeyRecord> more = new ArrayList<>(this.rows);
		more.add(key);
		this.rows = List.copyOf(more);
		return this;
	}

	/** Somebody removes a key. */
	public synchronized InMemorySource remove(String keyId) {
		this.rows = this.rows.stream().filter((key) -> !key.id().id().equals(keyId)).toList();
		this.marks.remove(keyId);
		return this;
	}

	/** Somebody tries a key, and is refused. */
	synchronized void deny(String keyId, Instant at) {
		this.rows = this.rows.stream()
			.map((key) -> key.id().id().equals(keyId) ? new KeyRecord(key.id(), key.name(), key.maskedKey(),
					key.project(), key.owner(), key.createdAt(), key.usage(), key.expiresAt(), key.status(), key.kind(),
					at, key.referencedBy(), key.dataError()) : key)
			.toList();
	}

	/** The rows are those of an export, and no younger than it. */
	public InMemorySource takenAt(Instant time) {
		this.takenAt = time;
		return this;
	}

	/** Its keys can never be disabled. */
	public InMemorySource cannotDisable(String why) {
		this.obstacle = why;
		return this;
	}

	/** Whatever is asked of it fails so. */
	public InMemorySource fails(Failure with) {
		this.fault = with;
		return this;
	}

	/** The next change that is to be committed is not confirmed. */
	synchronized void loseConfirmation(boolean committed) {
		this.lost = committed;
	}

	/**
	 * {@return how many readings and changes are still open}
	 */
	int open() {
		return this.open.get();
	}

	@Override
	public String id() {
		return this.id;
	}

	@Override
	public String title() {
		return "Keys in memory";
	}

	@Override
	public String definition() {
		return "in-memory";
	}

	@Override
	public String definitionFile() {
		return "test";
	}

	@Override
	public String definitionSha256() {
		return "0".repeat(64);
	}

	@Override
	public SourceTraits traits(Set<KeyColumn> columns, @Nullable Instant knownSince) {
		return traits();
	}

	@Override
	public Probe probe() {
		answer();
		return new Probe(traits(), this.place);
	}

	@Override
	public Instant now() {
		answer();
		return this.clock.instant();
	}

	@Override
	public Place place() {
		answer();
		return this.place;
	}

	@Override
	public KeySnapshot open(Set<String> projects) {
		answer();
		this.open.incrementAndGet();
		return new Snapshot(projects);
	}

	@Override
	public DisableCapability disabling() {
		return new DisableCapability(this.obstacle, Duration.ZERO, Set.of());
	}

	@Override
	public KeySwitch keySwitch(Set<String> places) {
		if (this.obstacle != null) {
			throw Failure.configuration("source '" + this.id + "': " + this.obstacle);
		}
		return new InMemorySwitch(this, places);
	}

	/** Begins a change, at one of these places. */
	void begin(Set<String> places) {
		answer();
		if (!places.isEmpty() && !places.contains(this.place.text())) {
			throw Failure.configuration("source '" + this.id + "': is at another place than its keys were read from");
		}
		this.open.incrementAndGet();
	}

	void end() {
		this.open.decrementAndGet();
	}

	/**
	 * {@return the key as it is now; null: there is none}
	 */
	@Nullable KeyRecord find(String keyId) {
		List<KeyRecord> found = this.rows.stream().filter((key) -> key.id().id().equals(keyId)).toList();
		if (found.size() > 1) {
			throw Failure.configuration("source '" + this.id + "': has key " + keyId + " in " + found.size() + " rows");
		}
		return found.isEmpty() ? null : found.get(0);
	}

	InMemorySwitch.@Nullable Mark mark(String keyId) {
		return this.marks.get(keyId);
	}

	/**
	 * Makes a change.
	 * @param mark by what the key is off; null: it is on
	 * @return whether that was confirmed and made; null: neither
	 */
	synchronized @Nullable Boolean commit(KeyRecord key, InMemorySwitch.@Nullable Mark mark) {
		Boolean made = this.lost;
		this.lost = null;
		if (made == null || made) {
			put(key);
			if (mark != null) {
				this.marks.put(key.id().id(), mark);
			}
		}
		return made;
	}

	boolean isOn(@Nullable KeyRecord key) {
		return key != null && key.status() == KeyStatus.ACTIVE
				&& (key.expiresAt() == null || key.expiresAt().isAfter(this.clock.instant()));
	}

	private void answer() {
		if (this.fault != null) {
			throw this.fault;
		}
	}

	private SourceTraits traits() {
		return new SourceTraits(this.id, EnumSet.allOf(KeyColumn.class), Duration.ZERO, null, true, Set.of(), Set.of(),
				Set.of(ProjectState.MISSING, ProjectState.DELETED), Set.of(OwnerState.MISSING, OwnerState.DISABLED),
				true, List.of());
	}

	/** The rows that there were when it was taken. */
	private final class Snapshot implements KeySnapshot {

		private final Instant now = InMemorySource.this.clock.instant();

		private final Iterator<KeyRecord> keys;

		private boolean closed;

		private Snapshot(Set<String> projects) {
			this.keys = InMemorySource.this.rows.stream()
				.filter((key) -> projects.isEmpty()
						|| (key.project().id() != null && projects.contains(key.project().id())))
				.iterator();
		}

		@Override
		public SourceTraits traits() {
			return InMemorySource.this.traits();
		}

		@Override
		public Place place() {
			return InMemorySource.this.place;
		}

		@Override
		public Instant snapshotAt() {
			Instant taken = InMemorySource.this.takenAt;
			return (taken != null) ? taken : this.now;
		}

		@Override
		public Instant sourceNow() {
			return this.now;
		}

		@Override
		public List<KeyRecord> next(int size) {
			List<KeyRecord> block = new ArrayList<>();
			while (block.size() < size && this.keys.hasNext()) {
				block.add(this.keys.next());
			}
			return block;
		}

		@Override
		public Remasked remasked() {
			return new Remasked(0, List.of());
		}

		@Override
		public long shortened() {
			return 0;
		}

		@Override
		public void close() {
			if (!this.closed) {
				this.closed = true;
				end();
			}
		}

	}

}
