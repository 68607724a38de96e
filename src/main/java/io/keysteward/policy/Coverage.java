package io.keysteward.policy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

import io.keysteward.key.KeyRecord;
import io.keysteward.text.CanonicalText;
import org.jspecify.annotations.Nullable;

/**
 * Finds exemptions and overrides that fit no key, and so are probably mistyped. Several
 * sources may be read into it at once.
 */
public final class Coverage {

	/** In the order of the configuration. */
	private final Set<Open> open = new LinkedHashSet<>();

	/** Keyed by the folded anchor, of which a key has few. */
	private final Map<String, List<Open>> byAnchor = new HashMap<>();

	private volatile boolean settled;

	private final Set<String> whole = new HashSet<>();

	/**
	 * Starts with no key.
	 * @param exemptions the exemptions; expired ones are not checked
	 * @param policy the policy with the overrides
	 */
	public Coverage(Exemptions exemptions, Policy policy) {
		exemptions.written()
			.forEach((exemption) -> add(new Open(exemption.id(),
					"exemption " + exemption.id() + " protects no key: " + exemption.covers(), exemption.covers())));
		List<PolicySettings.Override> overrides = policy.overrides();
		for (int i = 0; i < overrides.size(); i++) {
			Scope scope = new Scope(overrides.get(i).source(), null, overrides.get(i).project(), null, null);
			add(new Open(null, "keysteward.policy.overrides[" + i + "] fits no key: " + scope, scope));
		}
	}

	private void add(Open open) {
		this.open.add(open);
		this.byAnchor.computeIfAbsent(open.scope.anchor(), (anchor) -> new ArrayList<>()).add(open);
	}

	/**
	 * Notes which of them fit the key.
	 */
	public void read(KeyRecord key) {
		// Checked without a lock, since usually nothing is left to find.
		if (this.settled) {
			return;
		}
		List<String> anchors = Stream.of("", key.id().id(), key.project().id(), key.owner().id(), key.name())
			.filter(Objects::nonNull)
			.map(CanonicalText::folded)
			.distinct()
			.toList();
		synchronized (this) {
			for (String anchor : anchors) {
				List<Open> candidates = this.byAnchor.get(anchor);
				if (candidates != null) {
					candidates.forEach((candidate) -> candidate.compare(key));
					candidates.removeIf(this::isSettled);
				}
			}
			this.settled = this.open.isEmpty();
		}
	}

	private boolean isSettled(Open candidate) {
		return candidate.fits && this.open.remove(candidate);
	}

	/**
	 * Notes that every key of a source has been read.
	 */
	public synchronized void readAll(String source) {
		this.whole.add(source);
	}

	/**
	 * {@return exemptions and overrides that fit no key, in the order of the
	 * configuration; none until every key is read}
	 * @param sources the ids of all configured sources
	 */
	public synchronized List<Unfit> unfit(Set<String> sources) {
		return this.whole.containsAll(sources) ? this.open.stream().map(Open::unfit).toList() : List.of();
	}

	/**
	 * An exemption or override that fits no key.
	 *
	 * @param exemption the exemption's id; null: an override
	 * @param hint the probable meaning, after a semicolon; empty: not known
	 * @param line the whole line for people
	 */
	public record Unfit(@Nullable String exemption, String hint, String line) {
	}

	/** An exemption or override that has fitted no key so far. */
	private static final class Open {

		private final @Nullable String exemption;

		private final String line;

		private final Scope scope;

		private boolean fits;

		private String hint = "";

		private Open(@Nullable String exemption, String line, Scope scope) {
			this.exemption = exemption;
			this.line = line;
			this.scope = scope;
		}

		private void compare(KeyRecord key) {
			this.fits = this.fits || this.scope.fits(key);
			if (!this.fits && this.hint.isEmpty()) {
				this.hint = this.scope.near(key).map((near) -> "; did you mean " + near + "?").orElse("");
			}
		}

		private Unfit unfit() {
			return new Unfit(this.exemption, this.hint, this.line + this.hint);
		}

	}

}
