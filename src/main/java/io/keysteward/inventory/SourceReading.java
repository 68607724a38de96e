package io.keysteward.inventory;

import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import io.keysteward.key.KeyColumn;
import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Classifier;
import io.keysteward.run.SourceCounts;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Compares the keys in one reading of a source with what is stored of them, and encodes
 * what has changed. Not thread-safe.
 */
public final class SourceReading {

	/** Shorter times without a use say nothing. */
	private static final Duration GAP = Duration.ofDays(14);

	private static final int GAP_FIELDS = 4;

	private static final int DENIAL_FIELDS = 3;

	private final Reading reading;

	private final SourceTraits traits;

	private final String definitionFile;

	private final SourceState state;

	private final UseTimes times;

	private final NameJudge names;

	private final KeyCounts counts = new KeyCounts();

	private final InventoryRows rows;

	private final CopyRows gaps = new CopyRows();

	private final CopyRows denials = new CopyRows();

	private final MessageDigest digest = Sha256.digest();

	private long goneBack;

	/**
	 * Prepares to read one source.
	 * @param reading its reading
	 * @param traits the source's traits in this reading
	 * @param definitionFile the file of its definition that selects keys
	 * @param state what is stored of it
	 * @param times which uses count
	 * @param names what judges names
	 */
	SourceReading(Reading reading, SourceTraits traits, String definitionFile, SourceState state, UseTimes times,
			NameJudge names) {
		this.reading = reading;
		this.traits = traits;
		this.definitionFile = definitionFile;
		this.state = state;
		this.times = times;
		this.names = names;
		this.rows = new InventoryRows(reading);
	}

	/**
	 * {@return what the next keys change, for {@link InventoryWriter}}
	 * @param keys the keys
	 * @param classifier judges them
	 * @throws Failure where a key comes twice
	 */
	public Changes compare(List<KeyRecord> keys, Classifier classifier) {
		for (KeyRecord key : keys) {
			int number = numberOf(key);
			Instant known = newerUse(key, number);
			if (!isAsItWas(key, known, number, classifier)) {
				add(classifier.classify(key, known), number);
			}
			addDenial(key, number);
		}
		return new Changes(keys.size(), this.rows.take(), this.gaps.take(), this.denials.take());
	}

	/**
	 * {@return the number of keys so far whose last use has gone back}
	 */
	public long goneBack() {
		return this.goneBack;
	}

	public Reading reading() {
		return this.reading;
	}

	SourceState state() {
		return this.state;
	}

	NameJudge names() {
		return this.names;
	}

	/**
	 * {@return the names of the columns that the source returned}
	 */
	List<String> columns() {
		return this.traits.columns().stream().sorted().map(KeyColumn::columnName).toList();
	}

	@Nullable Instant knownSince() {
		return this.traits.knownSince();
	}

	/**
	 * {@return what was counted so far}
	 */
	public SourceCounts counts() {
		return this.counts.counts();
	}

	private int numberOf(KeyRecord key) {
		String id = key.id().id();
		int number = this.state.next(Hash.of(this.digest, id));
		if (number < 0) {
			throw SeenKeyIds.twice(this.reading.source(), this.definitionFile, id);
		}
		return number;
	}

	/**
	 * Takes over a newer use.
	 * @return the newest known use of a key whose last use has gone back; null: it has
	 * not
	 */
	private @Nullable Instant newerUse(KeyRecord key, int number) {
		long before = this.state.used(number);
		Instant known = known(key, before);
		Instant used = key.usage().lastUsedAt();
		if (used != null && !used.isAfter(this.times.certain())
				&& (known == null || CopyRows.timestamp(used) > before)) {
			this.state.use(number, CopyRows.timestamp(used));
			addGap(key, before, used);
			return null;
		}
		if (known != null && hasGoneBack(key, known)) {
			this.goneBack++;
			return known;
		}
		return null;
	}

	/**
	 * A key created after the use is another one under the same id. A creation that
	 * moved, but not past the use, was corrected or rounded.
	 */
	private @Nullable Instant known(KeyRecord key, long before) {
		if (before == SourceState.NEVER) {
			return null;
		}
		Instant known = CopyRows.instant(before);
		boolean another = key.createdAt() != null && known.isBefore(key.createdAt());
		return (another || known.isAfter(this.times.possible())) ? null : known;
	}

	/**
	 * An unreadable row has no use, and a definition may declare use as unknown, always
	 * or before some time.
	 */
	private boolean hasGoneBack(KeyRecord key, Instant known) {
		Instant used = key.usage().lastUsedAt();
		Instant since = this.traits.knownSince();
		return key.dataError() == null && this.traits.recordsUse() && (since == null || known.isAfter(since))
				&& (used == null || CopyRows.timestamp(used) < CopyRows.timestamp(known));
	}

	/**
	 * A gap is one that a whole reading has seen: where nobody looked, nothing is known.
	 */
	private void addGap(KeyRecord key, long before, Instant used) {
		if (before == SourceState.NEVER || this.times.lastLook() == null) {
			return;
		}
		Instant from = CopyRows.instant(before);
		Instant enough = from.plus(GAP);
		boolean sameKey = key.createdAt() == null || !key.createdAt().isAfter(from);
		if (sameKey && !this.times.lastLook().isBefore(enough) && !used.isBefore(enough)) {
			this.gaps.row(GAP_FIELDS);
			this.gaps.text(this.reading.source());
			this.gaps.text(key.id().id());
			this.gaps.instant(from);
			this.gaps.instant(used);
		}
	}

	/** An attempt after the reading came from a wrong clock. */
	private void addDenial(KeyRecord key, int number) {
		Instant denied = key.lastDeniedAt();
		if (denied != null && !denied.isAfter(this.times.certain())
				&& this.state.deny(number, CopyRows.timestamp(denied))) {
			this.denials.row(DENIAL_FIELDS);
			this.denials.text(this.reading.source());
			this.denials.text(key.id().id());
			this.denials.instant(denied);
		}
	}

	/**
	 * {@return whether the stored row is the key's, so that the same has judged its name
	 * before and found no fault: names take longer than all else}
	 */
	private boolean isAsItWas(KeyRecord key, @Nullable Instant known, int number, Classifier classifier) {
		if (!this.reading.whole() || !this.names.hasJudged()) {
			return false;
		}
		Classification wellNamed = classifier.classifyWellNamed(key, known);
		Hash record = encode(wellNamed, number);
		this.rows.withdraw();
		if (!record.equals(this.state.record(number))) {
			return false;
		}
		this.counts.add(wellNamed);
		return true;
	}

	private void add(Classification key, int number) {
		this.counts.add(key);
		Hash record = encode(key, number);
		if (this.reading.whole() && !this.state.replace(number, record)) {
			this.rows.withdraw();
		}
	}

	private Hash encode(Classification key, int number) {
		Instant used = key.key().usage().lastUsedAt();
		boolean apart = this.reading.whole() && used != null && CopyRows.timestamp(used) == this.state.used(number);
		return this.rows.add(key, number, apart);
	}

	/**
	 * What some keys change.
	 *
	 * @param keys the number of keys
	 * @param rows encoded rows of the keys that are not as they were
	 * @param gaps encoded gaps that they have ended
	 * @param denials encoded refused attempts that are newer than those known before
	 */
	public record Changes(int keys, byte[] rows, byte[] gaps, byte[] denials) {
	}

	/**
	 * Which uses count in a reading.
	 *
	 * @param possible a known use after this instant came from a wrong clock, and does
	 * not count
	 * @param certain a use after this instant may come from a wrong clock, and is not
	 * taken over
	 * @param lastLook the last instant at which a whole reading has looked; null: there
	 * was none
	 */
	public record UseTimes(Instant possible, Instant certain, @Nullable Instant lastLook) {
	}

}
