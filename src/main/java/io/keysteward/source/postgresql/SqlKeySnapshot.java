package io.keysteward.source.postgresql;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.Place;
import io.keysteward.source.ReadFile;
import io.keysteward.source.Remasked;
import org.jspecify.annotations.Nullable;

/**
 * Reads a source's keys through one cursor in one transaction.
 */
final class SqlKeySnapshot implements KeySnapshot {

	/**
	 * More rows gain no time and cost memory: a row may have {@link RowText#LARGEST_ROW}.
	 */
	static final int FETCH_SIZE = 500;

	/** A block of large rows has fewer rows, since memory holds several blocks. */
	private static final long LARGEST_BLOCK = 1_000_000;

	private final ReadTransaction transaction;

	private final Place place;

	private final SourceTraits traits;

	private final ResultRows reader;

	private final SqlErrorTranslator faults;

	private final Instant snapshotAt;

	private final Instant sourceNow;

	private final @Nullable ReadFile file;

	private final ResultSet cursor;

	private boolean ended;

	private SqlKeySnapshot(ReadTransaction transaction, Place place, SourceTraits traits, ResultRows reader,
			SqlErrorTranslator faults, Instant snapshotAt, Instant sourceNow, @Nullable ReadFile file,
			ResultSet cursor) {
		this.transaction = transaction;
		this.place = place;
		this.traits = traits;
		this.reader = reader;
		this.faults = faults;
		this.snapshotAt = snapshotAt;
		this.sourceNow = sourceNow;
		this.file = file;
		this.cursor = cursor;
	}

	/**
	 * {@return a snapshot, which owns the transaction from now on}
	 */
	static SqlKeySnapshot open(ReadTransaction transaction, Place place, SourceTraits traits, ResultRows reader,
			String select, Set<String> projects, SqlErrorTranslator faults) {
		try {
			if (!projects.isEmpty()) {
				transaction.narrowTo(projects);
			}
			Instant snapshotAt = transaction.startedAt().toInstant();
			ResultSet cursor = cursor(transaction, select);
			// The clock is read last, so that the time for the rest does not count as
			// its difference from ours.
			return new SqlKeySnapshot(transaction, place, traits, reader, faults, snapshotAt,
					transaction.clock().toInstant(), null, cursor);
		}
		catch (SQLException ex) {
			throw faults.reading(ex, 0);
		}
	}

	/**
	 * {@return a reading of landed rows, which now owns the transaction}
	 * @param origin the rows' origin and time
	 */
	static SqlKeySnapshot ofLanded(ReadTransaction transaction, SourceTraits traits, ResultRows reader, String select,
			Set<String> projects, LandedOrigin origin, SqlErrorTranslator faults) {
		try {
			if (!projects.isEmpty()) {
				transaction.narrowTo(projects);
			}
			return new SqlKeySnapshot(transaction, origin.place(), traits, reader, faults, origin.snapshotAt(),
					origin.sourceNow(), origin.file(), cursor(transaction, select));
		}
		catch (SQLException ex) {
			throw faults.reading(ex, 0);
		}
	}

	/** Closed with the transaction's connection. */
	private static ResultSet cursor(ReadTransaction transaction, String select) throws SQLException {
		Statement statement = transaction.statement();
		statement.setFetchSize(FETCH_SIZE);
		statement.closeOnCompletion();
		return statement.executeQuery(select);
	}

	@Override
	public SourceTraits traits() {
		return this.traits;
	}

	@Override
	public Place place() {
		return this.place;
	}

	@Override
	public Instant snapshotAt() {
		return this.snapshotAt;
	}

	@Override
	public Instant sourceNow() {
		return this.sourceNow;
	}

	@Override
	public @Nullable ReadFile file() {
		return this.file;
	}

	@Override
	public List<KeyRecord> next(int size) {
		List<KeyRecord> block = new ArrayList<>(Math.min(size, FETCH_SIZE));
		long full = this.reader.bytes() + LARGEST_BLOCK;
		try {
			while (block.size() < size && this.reader.bytes() < full && !this.ended) {
				if (this.cursor.next()) {
					block.add(this.reader.read(this.cursor));
				}
				else {
					this.ended = true;
				}
			}
			return block;
		}
		catch (SQLException ex) {
			throw this.faults.reading(ex, this.reader.rows());
		}
	}

	@Override
	public Remasked remasked() {
		return this.reader.remasked();
	}

	@Override
	public long shortened() {
		return this.reader.shortened();
	}

	@Override
	public void close() {
		try {
			this.cursor.close();
		}
		catch (SQLException ex) {
			// The end of the transaction closes it anyway.
		}
		finally {
			this.transaction.close();
		}
	}

}
