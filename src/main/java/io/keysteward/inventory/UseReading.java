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
 * Compares the uses that one reading of a source shows with those that earlier readings
 * have seen. Not for use by several threads.
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
	 * @param uses what is known
	 * @param traits the source as of this reading
	 * @param possible a known use after it was told by a wrong clock, and counts no more
	 * @param certain a use after it is not taken over: it may be a wrong clock's
	 */
	public UseReading(KeyUses uses, SourceTraits traits, Instant possible, Instant certain) {
		this.uses = uses;
		this.traits = traits;
		this.possible = possible;
		this.certain = certain;
	}

	/**
	 * {@return by the ids of the keys whose last use has gone back, the newest use that
	 * is known of them}
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
	 * {@return the newer uses of the keys that were compared since this was last asked,
	 * as {@link InventoryWriter} takes them}
	 */
	public byte[] newer() {
		return this.newer.take();
	}

	/**
	 * {@return how many keys' last use has gone back so far}
	 */
	public long goneBack() {
		return this.goneBack;
	}

	private boolean isNewer(KeyRecord key, @Nullable KeyUse use) {
		Instant used = key.usage().lastUsedAt();
		return used != null && !used.isAfter(this.certain) && (use == null || used.isAfter(use.lastUsedAt()));
	}

	/**
	 * A row that cannot be read says nothing, and a definition may say that nothing is
	 * known of use, or was not then.
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
