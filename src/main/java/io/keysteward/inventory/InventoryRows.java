package io.keysteward.inventory;

import java.security.MessageDigest;
import java.util.List;
import java.util.function.Function;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Finding;
import io.keysteward.text.Failure;
import io.keysteward.text.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Encodes classified keys as rows of {@code key_record_now} for {@code COPY}, or, where a
 * reading has a part of the keys only, of {@code key_record_before}.
 */
final class InventoryRows {

	private static final String RECORD = """
			use_apart, last_used_at, source, key_id, name, masked_key, project_id, project_name, project_state, owner_id,
			owner_name, owner_email, owner_state, created_at, usage, expires_at, status, kind, judgement, findings,
			violations, reasons, reasons_since, violation_at, grace_days, exempted_by, exemption, data_error, known_use,
			referenced_by
			""";

	/** The columns of a reading of all keys. */
	static final String COLUMNS = "key_no, reading, " + RECORD;

	/** The columns of a reading that is stored by itself. */
	static final String APART_COLUMNS = "until, " + COLUMNS;

	private static final int FIELDS = 32;

	/** The id is indexed, and an index entry is limited to some 2700 bytes. */
	private static final int LONGEST_ID = 600;

	private final Reading reading;

	private final CopyRows rows = new CopyRows();

	private final MessageDigest digest = Sha256.digest();

	/** Where the last row starts. */
	private int start;

	/** Prepares to encode one reading. Not thread-safe. */
	InventoryRows(Reading reading) {
		this.reading = reading;
	}

	/**
	 * Adds a key's row.
	 * @param number the key's number
	 * @param useApart whether its last use is stored apart
	 * @return the hash of what the row says of the key
	 */
	Hash add(Classification classified, int number, boolean useApart) {
		this.start = this.rows.size();
		this.rows.row(this.reading.whole() ? FIELDS : FIELDS + 1);
		if (!this.reading.whole()) {
			this.rows.integer(this.reading.stored() + 1);
		}
		this.rows.integer(number);
		this.rows.integer(this.reading.stored());
		int record = this.rows.size();
		record(classified, useApart);
		reference(classified.key(), record);
		return Hash.of(this.digest);
	}

	/** Removes the last row. */
	void withdraw() {
		this.rows.cut(this.start);
	}

	/**
	 * {@return the rows since the last call}
	 */
	byte[] take() {
		return this.rows.take();
	}

	private void record(Classification classified, boolean useApart) {
		KeyRecord key = classified.key();
		this.rows.truth(useApart);
		this.rows.instant(useApart ? null : key.usage().lastUsedAt());
		this.rows.text(this.reading.source());
		this.rows.text(id(key));
		this.rows.text(key.name());
		this.rows.text(key.maskedKey());
		this.rows.text(key.project().id());
		this.rows.text(key.project().name());
		this.rows.name(key.project().state());
		this.rows.text(key.owner().id());
		this.rows.text(key.owner().name());
		this.rows.text(key.owner().email());
		this.rows.name(key.owner().state());
		this.rows.instant(key.createdAt());
		this.rows.name(classified.usage().state());
		this.rows.instant(key.expiresAt());
		this.rows.name(key.status());
		this.rows.text(key.kind());
		judgement(classified);
	}

	/**
	 * No part of the hash where nothing names the key: keys of sources that do not say so
	 * have the hash that they always had, and are not written anew for it.
	 */
	private void reference(KeyRecord key, int record) {
		if (key.referencedBy() == null) {
			this.rows.digest(this.digest, record);
		}
		this.rows.text(key.referencedBy());
		if (key.referencedBy() != null) {
			this.rows.digest(this.digest, record);
		}
	}

	private void judgement(Classification classified) {
		List<Finding> findings = classified.findings();
		this.rows.name(classified.judgement());
		this.rows.texts(findings, Finding::rule);
		this.rows.texts(violations(findings), Finding::rule);
		this.rows.texts(findings, Finding::reason);
		reasonsSince(findings);
		this.rows.instants(findings, Finding::violationAt);
		this.rows.integers(findings, Finding::graceDays);
		this.rows.texts(classified.exemptedBy(), Function.identity());
		this.rows.text(firstOf(classified.exemptedBy()));
		this.rows.text(classified.dataError());
		this.rows.instant(classified.knownUse());
	}

	private void reasonsSince(List<Finding> findings) {
		if (findings.stream().allMatch((finding) -> finding.since() == null)) {
			this.rows.text(null);
		}
		else {
			this.rows.instants(findings, Finding::since);
		}
	}

	/** Shared by the millions of keys without a finding. */
	private static List<Finding> violations(List<Finding> findings) {
		return findings.isEmpty() ? findings : findings.stream().filter(Finding::violation).toList();
	}

	private static @Nullable String firstOf(List<@Nullable String> exemptions) {
		for (String exemption : exemptions) {
			if (exemption != null) {
				return exemption;
			}
		}
		return null;
	}

	private String id(KeyRecord key) {
		String id = key.id().id();
		if (id.length() > LONGEST_ID) {
			throw Failure.configuration("source '" + this.reading.source() + "': a key_id of " + id.length()
					+ " characters; at most " + LONGEST_ID + " are allowed: return the key's short public id");
		}
		return id;
	}

}
