package io.keysteward.forecast;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import io.keysteward.key.KeyRecord;
import io.keysteward.key.SourceTraits;
import io.keysteward.run.StoredRecord;
import io.keysteward.source.KeySnapshot;
import io.keysteward.source.Place;
import io.keysteward.source.Remasked;

/**
 * The keys of a source in a rehearsed night.
 */
final class CopiedSnapshot implements KeySnapshot {

	private final SourceTraits traits;

	private final Place place;

	private final Instant now;

	private final Rows rows;

	CopiedSnapshot(SourceTraits traits, Place place, Instant now, Rows rows) {
		this.traits = traits;
		this.place = place;
		this.now = now;
		this.rows = rows;
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
		return this.now;
	}

	@Override
	public Instant sourceNow() {
		return this.now;
	}

	@Override
	public List<KeyRecord> next(int size) {
		List<KeyRecord> block = new ArrayList<>(size);
		try {
			while (block.size() < size && this.rows.result().next()) {
				block.add(StoredRecord.read(this.rows.result()));
			}
			return block;
		}
		catch (SQLException ex) {
			throw CopiedSource.lost(ex);
		}
	}

	/** Masked keys are as they were stored. */
	@Override
	public Remasked remasked() {
		return new Remasked(0, List.of());
	}

	@Override
	public long shortened() {
		return 0;
	}

	@Override
	public void close() {
		try (Connection connection = this.rows.connection()) {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		catch (SQLException ex) {
			throw CopiedSource.lost(ex);
		}
	}

	/**
	 * Rows that are read one by one.
	 */
	record Rows(Connection connection, ResultSet result) {
	}

}
