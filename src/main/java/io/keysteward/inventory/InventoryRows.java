package io.keysteward.inventory;

import java.util.List;
import java.util.function.Function;

import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Finding;
import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Encodes classified keys as rows of {@code key_snapshot} for {@code COPY}.
 */
public final class InventoryRows {

	static final String COLUMNS = """
			run_id, source, key_id, name, masked_key, project_id, project_name, project_state, owner_id, owner_name,
			owner_email, owner_state, created_at, last_used_at, usage, expires_at, status, kind, judgement, idle_days,
			findings, violations, reasons, violation_at, grace_days, exempted_by, exemption, data_error, known_use
			""";

	private static final int FIELDS = 29;

	/** The id is indexed, and an index entry is limited to some 2700 bytes. */
	private static final int LONGEST_ID = 600;

	private final long runId;

	private final String source;

	private final CopyRows rows = new CopyRows();

	/**
	 * Prepares to encode one source's inventory. Not thread-safe.
	 * @param runId the run
	 * @param source the source's id
	 */
	public InventoryRows(long runId, String source) {
		this.runId = runId;
		this.source = source;
	}

	/**
	 * {@return the keys' rows for {@link InventoryWriter}}
	 * @param keys the classified keys
	 */
	public byte[] encode(List<Classification> keys) {
		keys.forEach(this::row);
		return this.rows.take();
	}

	private void row(Classification classified) {
		KeyRecord key = classified.key();
		this.rows.row(FIELDS);
		this.rows.bigint(this.runId);
		this.rows.text(this.source);
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
		this.rows.instant(key.usage().lastUsedAt());
		this.rows.name(classified.usage().state());
		this.rows.instant(key.expiresAt());
		this.rows.name(key.status());
		this.rows.text(key.kind());
		judgement(classified);
	}

	private void judgement(Classification classified) {
		List<Finding> findings = classified.findings();
		this.rows.name(classified.judgement());
		this.rows.integer(classified.idleDays());
		this.rows.texts(findings, Finding::rule);
		this.rows.texts(violations(findings), Finding::rule);
		this.rows.texts(findings, Finding::reason);
		this.rows.instants(findings, Finding::violationAt);
		this.rows.integers(findings, Finding::graceDays);
		this.rows.texts(classified.exemptedBy(), Function.identity());
		this.rows.text(firstOf(classified.exemptedBy()));
		this.rows.text(classified.dataError());
		this.rows.instant(classified.knownUse());
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
			throw Failure.configuration("source '" + this.source + "': a key_id of " + id.length()
					+ " characters; at most " + LONGEST_ID + " are allowed: return the key's short public id");
		}
		return id;
	}

}
