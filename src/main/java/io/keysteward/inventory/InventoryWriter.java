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
 * Writes encoded rows by {@code COPY} within the current transaction.
 */
public final class InventoryWriter {

	private static final String RECORDS = "COPY keysteward.key_record_now (" + InventoryRows.COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private static final String RECORDS_APART = "COPY keysteward.key_record_before (" + InventoryRows.APART_COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private static final String GAPS = "COPY keysteward.key_use_gap_read (" + UseGaps.COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private static final String DENIALS = "COPY keysteward.key_denied_read (" + Denials.COLUMNS
			+ ") FROM STDIN (FORMAT binary)";

	private final DataSource dataSource;

	private final Reading reading;

	/**
	 * Prepares to write one reading. Not thread-safe.
	 * @param dataSource the governance database
	 * @param reading the reading
	 */
	public InventoryWriter(DataSource dataSource, Reading reading) {
		this.dataSource = dataSource;
		this.reading = reading;
	}

	/**
	 * Writes the rows of keys.
	 * @param blocks rows as {@link SourceReading} has encoded them
	 */
	public void write(List<byte[]> blocks) {
		copy(this.reading.whole() ? RECORDS : RECORDS_APART, blocks);
	}

	/**
	 * Writes gaps between uses.
	 * @param rows rows as {@link SourceReading} has encoded them
	 */
	public void writeGaps(byte[] rows) {
		copy(GAPS, rows);
	}

	/**
	 * Writes refused attempts to use keys.
	 * @param rows rows as {@link SourceReading} has encoded them
	 */
	public void writeDenials(byte[] rows) {
		copy(DENIALS, rows);
	}

	void copy(String sql, byte[] rows) {
		if (rows.length > 0) {
			copy(sql, List.of(rows));
		}
	}

	private void copy(String sql, List<byte[]> blocks) {
		Connection connection = DataSourceUtils.getConnection(this.dataSource);
		try {
			copy(connection, sql, blocks);
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
		// Only the primary message: some errors have the whole row as detail.
		String reason = (message != null) ? message.getMessage() : "the connection was lost";
		return Failure.retry("spring.datasource.url: the inventory of source '" + this.reading.source()
				+ "' could not be written: " + reason
				+ "; see whether the governance database runs, then start again: a run continues under its run key",
				ex);
	}

}
