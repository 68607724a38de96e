package io.keysteward.inventory;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Rows in the binary form of PostgreSQL's {@code COPY}: a header, per row a count and per
 * field a length and its bytes. Timestamps are microseconds since 2000.
 */
final class CopyRows {

	private static final byte[] HEADER = { 'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xff, '\r', '\n', 0, 0, 0, 0, 0,
			0, 0, 0, 0 };

	private static final long EPOCH_SECOND = 946_684_800;

	private static final int TEXT_OID = 25;

	private static final int INT4_OID = 23;

	private static final int TIMESTAMPTZ_OID = 1184;

	private static final int NULL = -1;

	private byte[] bytes = new byte[1 << 20];

	private int size;

	CopyRows() {
		start();
	}

	void start() {
		this.size = 0;
		put(HEADER);
	}

	void row(int fields) {
		reserve(2);
		this.bytes[this.size++] = (byte) (fields >> 8);
		this.bytes[this.size++] = (byte) fields;
	}

	void end() {
		row(-1);
	}

	byte[] bytes() {
		return this.bytes;
	}

	int size() {
		return this.size;
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

	void texts(List<? extends @Nullable String> values) {
		array(TEXT_OID, values, this::text);
	}

	void integers(List<? extends @Nullable Integer> values) {
		array(INT4_OID, values, this::integer);
	}

	void instants(List<? extends @Nullable Instant> values) {
		array(TIMESTAMPTZ_OID, values, this::instant);
	}

	private <T extends @Nullable Object> void array(int elementOid, List<? extends T> values, Field<T> field) {
		int start = this.size;
		int4(0);
		int4(values.isEmpty() ? 0 : 1);
		int4(values.stream().anyMatch(Objects::isNull) ? 1 : 0);
		int4(elementOid);
		if (!values.isEmpty()) {
			int4(values.size());
			int4(1);
		}
		for (T value : values) {
			field.put(value);
		}
		int end = this.size;
		this.size = start;
		int4(end - start - 4);
		this.size = end;
	}

	private void int4(int value) {
		reserve(4);
		this.bytes[this.size++] = (byte) (value >> 24);
		this.bytes[this.size++] = (byte) (value >> 16);
		this.bytes[this.size++] = (byte) (value >> 8);
		this.bytes[this.size++] = (byte) value;
	}

	private void int8(long value) {
		int4((int) (value >> 32));
		int4((int) value);
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

	private interface Field<T extends @Nullable Object> {

		void put(T value);

	}

}
