package io.keysteward.inventory;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

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

	void bigint(long value) {
		int4(8);
		int8(value);
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
		int8((value.getEpochSecond() - EPOCH_SECOND) * 1_000_000 + value.getNano() / 1_000);
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
