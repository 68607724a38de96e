package io.keysteward.inventory;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import org.jspecify.annotations.Nullable;

/**
 * Compares the uses in one reading of a source with those of earlier readings. Not
 * thread-safe.
 */
public final class UseReading {

	static final String COLUMNS = "source, key_id, created_at, last_used_at";

	private static final int FIELDS = 4;

	private final KeyUses uses;

	private final SourceTraits traits;

	private final Instant possible;

	private final Instant certain;

	private final CopyRows newer = new CopyRows();

	private long goneBack;

	/**
	 * Prepares to read one source.
	 * @param uses the known uses
	 * @param traits the source's traits in this reading
	 * @param possible a known use after this instant came from a wrong clock, and does
	 * not count
	 * @param certain a use after this instant may come from a wrong clock, and is not
	 * taken over
	 */
	public UseReading(KeyUses uses, SourceTraits traits, Instant possible, Instant certain) {
		this.uses = uses;
		this.traits = traits;
		this.possible = possible;
		this.certain = certain;
	}

	/**
	 * {@return the newest known use of each key whose last use has gone back, by its id}
	 * @param keys the next keys
	 */
	public Map<String, Instant> compare(List<KeyRecord> keys) {
		Map<String, KeyUse> known = this.uses.known(this.traits.source(),
				keys.stream().map((key) -> key.id().id()).toList());
		Map<String, Instant> back = new HashMap<>();
		for (KeyRecord key : keys) {
			KeyUse use = known.get(key.id().id());
			if (use != null && (use.lastUsedAt().isAfter(this.possible) || !use.isOf(key))) {
				use = null;
			}
			if (isNewer(key, use)) {
				add(key);
			}
			else if (use != null && hasGoneBack(key, use)) {
				back.put(key.id().id(), use.lastUsedAt());
			}
		}
		this.goneBack += back.size();
		return back;
	}

	/**
	 * {@return the newer uses since the last call, encoded for {@link InventoryWriter}}
	 */
	public byte[] newer() {
		return this.newer.take();
	}

	/**
	 * {@return the number of keys so far whose last use has gone back}
	 */
	public long goneBack() {
		return this.goneBack;
	}

	private boolean isNewer(KeyRecord key, @Nullable KeyUse use) {
		Instant used = key.usage().lastUsedAt();
		return used != null && !used.isAfter(this.certain) && (use == null || used.isAfter(use.lastUsedAt()));
	}

	/**
	 * An unreadable row has no use, and a definition may declare use as unknown, always
	 * or before some time.
	 */
	private boolean hasGoneBack(KeyRecord key, KeyUse use) {
		Instant used = key.usage().lastUsedAt();
		Instant since = this.traits.knownSince();
		return key.dataError() == null && this.traits.recordsUse() && (since == null || use.lastUsedAt().isAfter(since))
				&& (used == null || used.isBefore(use.lastUsedAt()));
	}

	private void add(KeyRecord key) {
		this.newer.row(FIELDS);
		this.newer.text(this.traits.source());
		this.newer.text(key.id().id());
		this.newer.instant(key.createdAt());
		this.newer.instant(key.usage().lastUsedAt());
	}

}
