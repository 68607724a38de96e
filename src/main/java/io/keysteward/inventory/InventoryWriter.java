package io.keysteward.inventory;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

import javax.sql.DataSource;

import io.keysteward.text.Failure;
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

	private static final String ROWS = "COPY keysteward.key_snapshot (" + InventoryRows.COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private static final String USES = "COPY keysteward.key_use_read (" + UseReading.COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private static final String UNIQUE_VIOLATION = "23505";

	private final DataSource dataSource;

	private final long runId;

	private final String source;

	private final String definitionFile;

	/**
	 * Prepares to write one source's inventory. Not thread-safe.
	 * @param dataSource the governance database
	 * @param runId the run
	 * @param source the source's id
	 * @param definitionFile the file of its definition that selects keys
	 */
	public InventoryWriter(DataSource dataSource, long runId, String source, String definitionFile) {
		this.dataSource = dataSource;
		this.runId = runId;
		this.source = source;
		this.definitionFile = definitionFile;
	}

	/**
	 * Writes rows.
	 * @param blocks the rows that {@link InventoryRows} has encoded for this run and
	 * source
	 * @throws Failure where a key id comes twice, which it names
	 */
	public void write(List<byte[]> blocks) {
		write(ROWS, blocks);
	}

	/**
	 * Writes newer uses.
	 * @param blocks the rows that {@link UseReading} has encoded for this source
	 */
	public void writeUses(List<byte[]> blocks) {
		write(USES, blocks);
	}

	private void write(String copy, List<byte[]> blocks) {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			copy(connection, copy, blocks);
		}
		catch (SQLException ex) {
			throw failure(ex);
		}
		finally {
			DataSourceUtils.releaseConnection(connection, this.dataSource);
		}
	}

	private static void copy(Connection connection, String sql, List<byte[]> blocks) throws SQLException {
		CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
		try {
			send(copy, CopyRows.HEADER);
			for (byte[] block : blocks) {
				send(copy, block);
			}
			send(copy, CopyRows.TRAILER);
			copy.endCopy();
		}
		finally {
			if (copy.isActive()) {
				copy.cancelCopy();
			}
		}
	}

	private static void send(CopyIn copy, byte[] bytes) throws SQLException {
		copy.writeToCopy(bytes, 0, bytes.length);
	}

	private RuntimeException failure(SQLException ex) {
		ServerErrorMessage message = (ex instanceof PSQLException cause) ? cause.getServerErrorMessage() : null;
		if (message != null && UNIQUE_VIOLATION.equals(ex.getSQLState()) && message.getDetail() != null) {
			return Failure.configuration(
					"source '" + this.source + "': key_id '" + twice(message.getDetail())
							+ "' comes more than once; its " + this.definitionFile + " must return each key in one row",
					ex);
		}
		// Only the primary message: some errors have the whole row as detail.
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
