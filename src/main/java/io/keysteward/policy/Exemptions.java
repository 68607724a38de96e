package io.keysteward.policy;

import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

import io.keysteward.key.KeyRecord;
import org.jspecify.annotations.Nullable;

/**
 * The exemptions as they are at one instant, and what could not be understood of them.
 */
public final class Exemptions {

	private final Instant asOf;

	private final List<Exemption> all;

	private final List<Exemption> inForce;

	private final List<String> faults;

	private final @Nullable String sha256;

	/**
	 * The exemptions of one file.
	 * @param asOf the instant that they are judged by
	 * @param all those that are understood, in the order of the file
	 * @param faults one line for each thing that is not
	 * @param sha256 of the file's text, in hex; null where it cannot be read
	 */
	Exemptions(Instant asOf, List<Exemption> all, List<String> faults, @Nullable String sha256) {
		this.asOf = asOf;
		this.all = List.copyOf(all);
		this.inForce = all.stream()
			.filter((exemption) -> !exemption.isExpired(asOf))
			.sorted(Comparator.comparing(Exemption::expiresAt).reversed().thenComparing(Exemption::id))
			.toList();
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
	 * {@return every one that is understood, expired ones too, in the order of the file}
	 */
	public List<Exemption> all() {
		return this.all;
	}

	/**
	 * {@return those that have not expired, the one that lasts longest first}
	 */
	List<Exemption> inForce() {
		return this.inForce;
	}

	/**
	 * {@return how many of them have expired}
	 */
	public long expired() {
		return this.all.stream().filter((exemption) -> exemption.isExpired(this.asOf)).count();
	}

	/**
	 * {@return one line for each thing that is not understood; while there is one nothing
	 * may be disabled: it may be what protects a key}
	 */
	public List<String> faults() {
		return this.faults;
	}

	/**
	 * {@return the SHA-256 of the file's text, in hex; null where it cannot be read}
	 */
	public @Nullable String sha256() {
		return this.sha256;
	}

	/**
	 * {@return per finding the id of the exemption that covers it, of several the one
	 * that lasts longest; null where none does}
	 */
	List<@Nullable String> covering(KeyRecord key, List<Finding> findings) {
		if (this.inForce.isEmpty()) {
			return Collections.nCopies(findings.size(), null);
		}
		return findings.stream().<@Nullable String>map((finding) -> covering(key, finding.rule())).toList();
	}

	private @Nullable String covering(KeyRecord key, String rule) {
		for (Exemption exemption : this.inForce) {
			if (exemption.permits(key, rule)) {
				return exemption.id();
			}
		}
		return null;
	}

}
