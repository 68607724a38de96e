package io.keysteward.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.keysteward.key.Failure;
import io.keysteward.key.KeyRecord;
import io.keysteward.policy.Classification;
import io.keysteward.policy.Finding;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

import org.springframework.jdbc.datasource.DataSourceUtils;

/**
 * Writes one row per key into {@code key_snapshot}, by {@code COPY} within the current
 * transaction.
 */
public final class InventoryWriter {

	private static final String COPY = """
			COPY keysteward.key_snapshot (run_id, source, key_id, name, masked_key, project_id, project_name,
			  project_state, owner_id, owner_name, owner_email, owner_state, created_at, last_used_at, usage, expires_at,
			  status, kind, judgement, idle_days, findings, violations, reasons, violation_at, grace_days,
			  exempted_by, exemption, data_error)
			FROM STDIN (FORMAT binary)
			""";

	private static final int FIELDS = 28;

	/** The identity is indexed, and an index entry has a limit of some 2700 bytes. */
	private static final int LONGEST_ID = 600;

	private static final String UNIQUE_VIOLATION = "23505";

	private final DataSource dataSource;

	private final long runId;

	private final String source;

	private final CopyRows rows = new CopyRows();

	/**
	 * Prepares to write one source's inventory. Not for use by several threads.
	 * @param dataSource the governance database
	 * @param runId the run
	 * @param source the source's id
	 */
	public InventoryWriter(DataSource dataSource, long runId, String source) {
		this.dataSource = dataSource;
		this.runId = runId;
		this.source = source;
	}

	/**
	 * Writes keys.
	 * @param keys what the policy says of each
	 * @throws Failure where a key id comes twice; it names the id
	 */
	public void write(List<Classification> keys) {
		this.rows.start();
		keys.forEach(this::row);
		this.rows.end();
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			copy(connection);
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

	private void copy(Connection connection) throws SQLException {
		CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
		try {
			copy.writeToCopy(this.rows.bytes(), 0, this.rows.size());
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
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
		this.rows.name(key.usage().state());
		this.rows.instant(key.expiresAt());
		this.rows.name(key.status());
		this.rows.text(key.kind());
		judgement(classified);
	}

	private void judgement(Classification classified) {
		List<Finding> findings = classified.findings();
		this.rows.name(classified.judgement());
		this.rows.integer(classified.idleDays());
		this.rows.texts(findings.stream().map(Finding::rule).toList());
		this.rows.texts(findings.stream().filter(Finding::violation).map(Finding::rule).toList());
		this.rows.texts(findings.stream().map(Finding::reason).toList());
		this.rows.instants(findings.stream().map(Finding::violationAt).toList());
		this.rows.integers(findings.stream().map(Finding::graceDays).toList());
		this.rows.texts(classified.exemptedBy());
		this.rows.text(classified.exemptedBy().stream().flatMap(Stream::ofNullable).findFirst().orElse(null));
		this.rows.text(classified.dataError());
	}

	private String id(KeyRecord key) {
		String id = key.id().id();
		if (id.length() > LONGEST_ID) {
			throw Failure.configuration("source '" + this.source + "': a key_id of " + id.length()
					+ " characters; at most " + LONGEST_ID + " are allowed: return the key's short public id");
		}
		return id;
	}

	private RuntimeException failure(SQLException ex) {
		ServerErrorMessage message = (ex instanceof PSQLException cause) ? cause.getServerErrorMessage() : null;
		if (message != null && UNIQUE_VIOLATION.equals(ex.getSQLState()) && message.getDetail() != null) {
			return Failure.configuration("source '" + this.source + "': key_id '" + twice(message.getDetail())
					+ "' comes more than once; its select.sql must return each key in one row", ex);
		}
		// The primary message only: the detail of some errors is the whole row.
		String reason = (message != null) ? message.getMessage() : "the connection was lost";
		return Failure.retry("spring.datasource.url: the inventory of source '" + this.source
				+ "' could not be written: " + reason
				+ "; see whether the governance database runs, then start again: a run continues under its run key",
				ex);
	}

	/**
	 * {@return the id from "Key (run_id, source, key_id)=(7, console, k-1) already
	 * exists."}
	 */
	private String twice(String detail) {
		String prefix = "=(" + this.runId + ", " + this.source + ", ";
		int start = detail.indexOf(prefix);
		int end = detail.lastIndexOf(')');
		return (start >= 0 && end > start) ? detail.substring(start + prefix.length(), end) : detail;
	}

}
