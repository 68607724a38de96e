package io.keysteward.policy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.keysteward.key.KeyRecord;
import io.keysteward.text.CanonicalText;
import org.jspecify.annotations.Nullable;

/**
 * The exemptions at one instant, and the faults in their file.
 */
public final class Exemptions {

	private static final Comparator<Exemption> LONGEST_FIRST = Comparator.comparing(Exemption::expiresAt)
		.reversed()
		.thenComparing(Exemption::id);

	private final Instant asOf;

	private final List<Exemption> written;

	private final List<Exemption> decided;

	/** Those of single keys by the key's id, of which there may be very many. */
	private final Map<String, List<Exemption>> byKey = new HashMap<>();

	/** The others. */
	private final List<Exemption> wide;

	private final List<String> faults;

	private final @Nullable String sha256;

	/**
	 * Makes the exemptions of one file.
	 * @param asOf the instant by which they are judged
	 * @param written valid exemptions, in the order of the file
	 * @param faults a line for each fault
	 * @param sha256 the hash of the file's text, in hex; null: it cannot be read
	 */
	Exemptions(Instant asOf, List<Exemption> written, List<String> faults, @Nullable String sha256) {
		this(asOf, written, List.of(), faults, sha256);
	}

	private Exemptions(Instant asOf, List<Exemption> written, List<Exemption> decided, List<String> faults,
			@Nullable String sha256) {
		this.asOf = asOf;
		this.written = List.copyOf(written);
		this.decided = List.copyOf(decided);
		List<Exemption> inForce = all().stream().filter((exemption) -> !exemption.isExpired(asOf)).toList();
		this.wide = inForce.stream().filter((exemption) -> exemption.covers().key() == null).toList();
		for (Exemption exemption : inForce) {
			String key = exemption.covers().key();
			if (key != null) {
				this.byKey.computeIfAbsent(key, (id) -> new ArrayList<>()).add(exemption);
			}
		}
		this.faults = List.copyOf(faults);
		this.sha256 = sha256;
	}

	/**
	 * {@return no exemptions at all}
	 */
	public static Exemptions none(Instant asOf) {
		return new Exemptions(asOf, List.of(), List.of(), null);
	}

	/**
	 * {@return these and those that people have decided}
	 */
	public Exemptions with(List<Exemption> decided) {
		return new Exemptions(this.asOf, this.written, decided, this.faults, this.sha256);
	}

	/**
	 * {@return all valid exemptions, expired ones too, in the order of the file, then
	 * those that people have decided}
	 */
	public List<Exemption> all() {
		return Stream.concat(this.written.stream(), this.decided.stream()).toList();
	}

	/**
	 * {@return the exemptions of the file that have not expired, the longest-lasting
	 * first: only these can be mistyped}
	 */
	List<Exemption> written() {
		return this.written.stream()
			.filter((exemption) -> !exemption.isExpired(this.asOf))
			.sorted(LONGEST_FIRST)
			.toList();
	}

	/**
	 * {@return the number of expired exemptions}
	 */
	public long expired() {
		return all().stream().filter((exemption) -> exemption.isExpired(this.asOf)).count();
	}

	/**
	 * {@return a line for each fault; while there is one, nothing may be disabled, since
	 * it may be an exemption that protects a key}
	 */
	public List<String> faults() {
		return this.faults;
	}

	/**
	 * {@return the SHA-256 of the file's text, in hex; null: it cannot be read}
	 */
	public @Nullable String sha256() {
		return this.sha256;
	}

	/**
	 * {@return for each finding the id of the longest-lasting exemption that covers it;
	 * null: none}
	 */
	List<@Nullable String> covering(KeyRecord key, List<Finding> findings) {
		if (this.byKey.isEmpty() && this.wide.isEmpty()) {
			return Collections.nCopies(findings.size(), null);
		}
		List<Exemption> own = this.byKey.getOrDefault(CanonicalText.of(key.id().id()), List.of());
		return findings.stream().<@Nullable String>map((finding) -> covering(own, key, finding.rule())).toList();
	}

	private @Nullable String covering(List<Exemption> own, KeyRecord key, String rule) {
		return Stream.concat(own.stream(), this.wide.stream())
			.filter((exemption) -> exemption.permits(key, rule))
			.min(LONGEST_FIRST)
			.map(Exemption::id)
			.orElse(null);
	}

}
