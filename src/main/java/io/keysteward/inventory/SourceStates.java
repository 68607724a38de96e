package io.keysteward.inventory;

import java.nio.ByteBuffer;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;

import io.keysteward.text.Failure;
import io.keysteward.text.Plural;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.annotation.Transactional;

/**
 * The table {@code key_block}: what a reading needs to see whether a key is as it was.
 * Only one run at a time changes it.
 */
@Repository
public class SourceStates {

	private static final Logger logger = LoggerFactory.getLogger(SourceStates.class);

	private static final int FETCH_SIZE = 1000;

	/** Of blocks in memory. */
	private static final int MOST_BYTES = 1 << 20;

	private static final String BLOCKS = "COPY keysteward.key_block (source, block, ids, records, used, reading)"
			+ " FROM STDIN (FORMAT binary)";

	private static final String USES_BEFORE = "COPY keysteward.key_use_before (source, block, reading, places, used)"
			+ " FROM STDIN (FORMAT binary)";

	private final JdbcClient jdbc;

	private final JdbcClient cursor;

	SourceStates(JdbcClient jdbc, JdbcTemplate template) {
		this.jdbc = jdbc;
		JdbcTemplate cursor = new JdbcTemplate(Objects.requireNonNull(template.getDataSource()));
		cursor.setFetchSize(FETCH_SIZE);
		this.cursor = JdbcClient.create(cursor);
	}

	/**
	 * {@return what is stored of a source}
	 */
	@Transactional(readOnly = true) // A cursor needs a transaction.
	SourceState load(String source) {
		SourceState state = new SourceState();
		this.cursor.sql("""
				SELECT block, ids, records, array_send(used) AS used, reading FROM keysteward.key_block
				WHERE source = :source ORDER BY block
				""").param("source", source).query((RowCallbackHandler) (row) -> load(source, state, row));
		requireSame(source, state);
		return state;
	}

	private static void load(String source, SourceState state, ResultSet row) throws SQLException {
		// Numbers are places in blocks.
		if (row.getInt("block") * SourceState.BLOCK != state.keys()) {
			throw Failure.person("source '" + source + "': the table key_block lacks a part of what it had: block "
					+ row.getInt("block") + " comes after " + Plural.of(state.keys(), "key")
					+ "; something else has written to it, restore the schema from the backup");
		}
		ByteBuffer ids = ByteBuffer.wrap(row.getBytes("ids"));
		ByteBuffer records = ByteBuffer.wrap(row.getBytes("records"));
		// After the array's header each element has four bytes of length.
		ByteBuffer used = ByteBuffer.wrap(row.getBytes("used")).position(20);
		while (ids.hasRemaining()) {
			used.getInt();
			state.load(Hash.read(ids), Hash.read(records), used.getLong());
		}
		state.loadBlock(row.getInt("block"), row.getInt("reading"));
	}

	/** Something else has added rows or deleted some: each key is written anew. */
	private void requireSame(String source, SourceState state) {
		long rows = this.jdbc.sql("SELECT count(*) FROM keysteward.key_record_now WHERE source = :source")
			.param("source", source)
			.query(Long.class)
			.single();
		if (rows != state.records()) {
			logger
				.warn("source {}: {} stored, and {} expected: something else has written to key_record_now; each key is"
						+ " written anew", source, Plural.of(rows, "key"), state.records());
			state.forgetRecords();
		}
	}

	/**
	 * Stores what a reading has changed, in the transaction that notes that it has ended.
	 */
	void store(Reading reading, SourceState state, InventoryWriter writer) {
		if (reading.whole()) {
			state.endMissing();
			end(reading, state);
		}
		int[] blocks = state.changedBlocks();
		this.jdbc.sql("DELETE FROM keysteward.key_block WHERE source = :source AND block = ANY (:blocks)")
			.param("source", reading.source())
			.param("blocks", blocks)
			.update();
		CopyRows rows = new CopyRows();
		CopyRows before = new CopyRows();
		for (int block : blocks) {
			block(rows, reading, state, block);
			usesBefore(before, reading, state, block);
			if (rows.size() > MOST_BYTES) {
				writer.copy(BLOCKS, rows.take());
				writer.copy(USES_BEFORE, before.take());
			}
		}
		writer.copy(BLOCKS, rows.take());
		writer.copy(USES_BEFORE, before.take());
	}

	/** Moves the rows that are not so any more to where those of the past are. */
	private void end(Reading reading, SourceState state) {
		int[] numbers = state.ended();
		if (numbers.length == 0 && !state.recordsForgotten()) {
			return;
		}
		this.jdbc.sql("""
				UPDATE keysteward.key_record SET until = :reading
				WHERE source = :source AND until = 2147483647 AND reading < :reading
				  AND (:all OR key_no IN (SELECT n FROM unnest(:numbers) AS n))
				""")
			.param("source", reading.source())
			.param("reading", reading.number())
			.param("all", state.recordsForgotten())
			.param("numbers", numbers)
			.update();
	}

	private static void block(CopyRows rows, Reading reading, SourceState state, int block) {
		int[] numbers = state.numbersOf(block).toArray();
		ByteBuffer ids = ByteBuffer.allocate(numbers.length * Hash.BYTES);
		ByteBuffer records = ByteBuffer.allocate(numbers.length * Hash.BYTES);
		for (int number : numbers) {
			state.id(number).write(ids);
			state.record(number).write(records);
		}
		rows.row(6);
		rows.text(reading.source());
		rows.integer(block);
		rows.binary(ids.array());
		rows.binary(records.array());
		rows.timestamps(state.numbersOf(block).mapToLong(state::used).toArray());
		rows.integer(state.usedIn(block, reading.number()));
	}

	private static void usesBefore(CopyRows rows, Reading reading, SourceState state, int block) {
		int[] numbers = state.usedAnewOf(block).toArray();
		if (numbers.length == 0) {
			return;
		}
		long[] places = new long[numbers.length];
		long[] used = new long[numbers.length];
		for (int i = 0; i < numbers.length; i++) {
			places[i] = numbers[i] % SourceState.BLOCK;
			used[i] = state.usedBefore(numbers[i]);
		}
		rows.row(5);
		rows.text(reading.source());
		rows.integer(block);
		rows.integer(reading.number());
		rows.smallints(places);
		rows.timestamps(used);
	}

}
