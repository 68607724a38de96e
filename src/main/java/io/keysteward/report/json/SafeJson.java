package io.keysteward.report.json;

import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

import io.keysteward.insight.Rows;
import io.keysteward.report.RowCounts;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Streams a JSON document: keeps nothing in memory, makes every text harmless, and gives
 * every row a line of its own.
 */
public final class SafeJson implements AutoCloseable {

	private static final JsonFactory FACTORY = new JsonFactory();

	private final JsonGenerator out;

	/**
	 * Writes to a stream, which it closes.
	 */
	public SafeJson(OutputStream out) {
		this.out = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8);
	}

	/** Writes the outermost object. */
	public void document(Runnable content) {
		this.out.writeStartObject();
		content.run();
		line();
		this.out.writeEndObject();
		line();
	}

	/** Writes an object. */
	void object(String name, Runnable content) {
		line();
		this.out.writeName(name);
		this.out.writeStartObject();
		content.run();
		this.out.writeEndObject();
	}

	/** Writes an object with the fields of one thing. */
	public <T> void object(String name, List<Field<T>> fields, T thing) {
		object(name, () -> fields(fields, thing));
	}

	/** Writes a list of things. */
	public <T> void list(String name, List<Field<T>> fields, List<T> things) {
		array(name, (row) -> things.forEach(row), fields);
	}

	/**
	 * Writes all rows of a table, or fails.
	 * @param title the table's title, for failures
	 */
	<T> void table(String name, String title, List<Field<T>> fields, Rows<T> rows) {
		long written = array(name, rows::each, fields);
		RowCounts.requireSame("'" + title + "'", rows.count(), "expected", written, "rows");
	}

	/** Writes a property. */
	public void field(String name, @Nullable Object value) {
		this.out.writeName(name);
		value(value);
	}

	/** Writes the fields of one thing. */
	public <T> void fields(List<Field<T>> fields, T thing) {
		for (Field<T> field : fields) {
			field(field.name(), field.value().get(thing));
		}
	}

	@Override
	public void close() {
		this.out.close();
	}

	private <T> long array(String name, Consumer<Consumer<T>> rows, List<Field<T>> fields) {
		long[] written = { 0 };
		line();
		this.out.writeName(name);
		this.out.writeStartArray();
		rows.accept((row) -> {
			line();
			this.out.writeStartObject();
			fields(fields, row);
			this.out.writeEndObject();
			written[0]++;
		});
		this.out.writeEndArray();
		return written[0];
	}

	private void value(@Nullable Object value) {
		if (value == null) {
			this.out.writeNull();
		}
		else if (value instanceof String text) {
			this.out.writeString(SafeText.line(text));
		}
		else if (value instanceof Number number) {
			this.out.writeNumber(number.longValue());
		}
		else if (value instanceof Boolean known) {
			this.out.writeBoolean(known);
		}
		else if (value instanceof Instant || value instanceof Enum) {
			this.out.writeString(value.toString());
		}
		else if (value instanceof List<?> values) {
			this.out.writeStartArray();
			values.forEach(this::value);
			this.out.writeEndArray();
		}
		else {
			throw new IllegalArgumentException("no JSON for " + value.getClass());
		}
	}

	private void line() {
		this.out.writeRaw('\n');
	}

}
