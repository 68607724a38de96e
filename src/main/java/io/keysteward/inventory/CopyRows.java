package io.keysteward.inventory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongConsumer;

import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY}: each row is a count of fields,
 * each field a length and its bytes. Timestamps are microseconds since 2000.
 */
final class CopyRows {

	/** The bytes before the first row. */
	static final byte[] HEADER = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0,
			0 };

	/** The bytes after the last row. */
	static final byte[] TRAILER = { (byte) 0xff, (byte) 0xff };

	private static final VarHandle INT4 = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

	private static final VarHandle INT8 = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

	private static final long EPOCH_SECOND = 946_684_800;

	private static final int TEXT_OID = 25;

	private static final int INT2_OID = 21;

	private static final int INT4_OID = 23;

	private static final int TIMESTAMPTZ_OID = 1184;

	private static final int NULL = -1;

	private byte[] bytes = new byte[1 << 19];

	private int size;

	void row(int fields) {
		reserve(2);
		this.bytes[this.size++] = (byte) (fields >> 8);
		this.bytes[this.size++] = (byte) fields;
	}

	/**
	 * {@return a PostgreSQL timestamp; less than a microsecond is cut off}
	 */
	static long timestamp(Instant instant) {
		return (instant.getEpochSecond() - EPOCH_SECOND) * 1_000_000 + instant.getNano() / 1_000;
	}

	/**
	 * {@return the instant of a PostgreSQL timestamp that is finite}
	 */
	static Instant instant(long timestamp) {
		return Instant.ofEpochSecond(EPOCH_SECOND + Math.floorDiv(timestamp, 1_000_000),
				Math.floorMod(timestamp, 1_000_000) * 1_000L);
	}

	/**
	 * {@return the number of bytes so far}
	 */
	int size() {
		return this.size;
	}

	/**
	 * Removes what was added since.
	 * @param size the number of bytes then
	 */
	void cut(int size) {
		this.size = size;
	}

	/** Gives a digest what was added since the rows had {@code from} bytes. */
	void digest(MessageDigest digest, int from) {
		digest.update(this.bytes, from, this.size - from);
	}

	/**
	 * {@return the rows so far, and removes them}
	 */
	byte[] take() {
		byte[] rows = Arrays.copyOf(this.bytes, this.size);
		this.size = 0;
		return rows;
	}

	void text(@Nullable String value) {
		if (value == null) {
			int4(NULL);
			return;
		}
		byte[] utf8 = value.getBytes(StandardCharsets.UTF_8);
		int4(utf8.length);
		put(utf8);
	}

	void name(@Nullable Enum<?> value) {
		text((value != null) ? value.name() : null);
	}

	void integer(@Nullable Integer value) {
		if (value == null) {
			int4(NULL);
			return;
		}
		int4(4);
		int4(value);
	}

	void instant(@Nullable Instant value) {
		if (value == null) {
			int4(NULL);
			return;
		}
		int4(8);
		int8(timestamp(value));
	}

	void truth(boolean value) {
		int4(1);
		reserve(1);
		this.bytes[this.size++] = (byte) (value ? 1 : 0);
	}

	void binary(byte[] value) {
		int4(value.length);
		put(value);
	}

	void timestamps(long[] values) {
		array(TIMESTAMPTZ_OID, 8, values, this::int8);
	}

	void smallints(long[] values) {
		array(INT2_OID, 2, values, this::int2);
	}

	private void array(int elementOid, int bytes, long[] values, LongConsumer put) {
		int4(20 + values.length * (4 + bytes));
		int4(1);
		int4(0);
		int4(elementOid);
		int4(values.length);
		int4(1);
		for (long value : values) {
			int4(bytes);
			put.accept(value);
		}
	}

	<T extends @Nullable Object> void texts(List<T> items, Function<T, @Nullable String> value) {
		array(TEXT_OID, items, value, this::text);
	}

	<T> void integers(List<T> items, Function<T, @Nullable Integer> value) {
		array(INT4_OID, items, value, this::integer);
	}

	<T> void instants(List<T> items, Function<T, @Nullable Instant> value) {
		array(TIMESTAMPTZ_OID, items, value, this::instant);
	}

	private <T extends @Nullable Object, V> void array(int elementOid, List<T> items, Function<T, @Nullable V> value,
			Field<V> field) {
		int start = this.size;
		int4(0);
		int4(items.isEmpty() ? 0 : 1);
		int hasNulls = this.size;
		int4(0);
		int4(elementOid);
		if (!items.isEmpty()) {
			int4(items.size());
			int4(1);
			boolean nulls = false;
			for (T item : items) {
				V element = value.apply(item);
				nulls |= element == null;
				field.put(element);
			}
			int4(hasNulls, nulls ? 1 : 0);
		}
		int4(start, this.size - start - 4);
	}

	private void int4(int value) {
		reserve(4);
		int4(this.size, value);
		this.size += 4;
	}

	private void int4(int at, int value) {
		INT4.set(this.bytes, at, value);
	}

	private void int8(long value) {
		reserve(8);
		INT8.set(this.bytes, this.size, value);
		this.size += 8;
	}

	private void int2(long value) {
		reserve(2);
		this.bytes[this.size++] = (byte) (value >> 8);
		this.bytes[this.size++] = (byte) value;
	}

	private void put(byte[] value) {
		reserve(value.length);
		System.arraycopy(value, 0, this.bytes, this.size, value.length);
		this.size += value.length;
	}

	private void reserve(int more) {
		if (this.bytes.length - this.size < more) {
			this.bytes = Arrays.copyOf(this.bytes, Math.max(this.bytes.length * 2, this.size + more));
		}
	}

	private interface Field<V> {

		void put(@Nullable V value);

	}

}
