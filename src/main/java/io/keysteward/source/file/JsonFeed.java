package io.keysteward.source.file;

import java.io.Reader;
import java.util.List;
import java.util.Objects;

import io.keysteward.source.landing.JsonFields;
import io.keysteward.source.landing.RowFeed;
import io.keysteward.source.landing.Table;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The objects of a JSON file, one by one: from a list in it, or one in each line.
 */
final class JsonFeed implements RowFeed {

	private static final int LONGEST_FIELD = 10_000_000;

	private static final int DEEPEST = 100;

	private static final JsonMapper JSON = JsonMapper
		.builder(JsonFactory.builder()
			.streamReadConstraints(
					StreamReadConstraints.builder().maxStringLength(LONGEST_FIELD).maxNestingDepth(DEEPEST).build())
			.enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
			.build())
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private final String shown;

	private final Table table;

	private final boolean lines;

	private final JsonFields fields;

	private final JsonParser parser;

	private JsonFeed(String shown, Reader text, Table table, boolean lines) {
		this.shown = shown;
		this.table = table;
		this.lines = lines;
		this.fields = new JsonFields(table);
		this.parser = JSON.createParser(text);
	}

	/**
	 * {@return the rows of a file}
	 * @param shown its name in messages
	 * @param format json or jsonl
	 */
	static JsonFeed open(String shown, Reader text, Table table, ExportFormat format) {
		JsonFeed feed = new JsonFeed(shown, text, table, format == ExportFormat.JSONL);
		try {
			if (!feed.lines) {
				feed.enterList();
			}
			return feed;
		}
		catch (JacksonException ex) {
			Failure fault = feed.fault(ex);
			feed.close();
			throw fault;
		}
		catch (RuntimeException ex) {
			feed.close();
			throw ex;
		}
	}

	private void enterList() {
		String at = Objects.requireNonNullElse(this.table.yaml().at(), "");
		if (!at.isEmpty() && !at.startsWith("/")) {
			throw Failure.configuration(this.table.where() + ".at '" + SafeText.visible(at)
					+ "' is not a JSON Pointer; write one such as /data/list");
		}
		JsonToken token = this.parser.nextToken();
		for (String name : at.isEmpty() ? new String[0] : at.substring(1).split("/", -1)) {
			token = enter(token, name.replace("~1", "/").replace("~0", "~"));
		}
		if (token != JsonToken.START_ARRAY) {
			throw Failure.configuration(this.shown + ": has no list at " + (at.isEmpty() ? "its beginning" : at)
					+ "; correct " + this.table.where() + ".at, or check whether it is the right file");
		}
	}

	private @Nullable JsonToken enter(@Nullable JsonToken token, String name) {
		if (token != JsonToken.START_OBJECT) {
			return null;
		}
		while (this.parser.nextToken() == JsonToken.PROPERTY_NAME) {
			boolean found = this.parser.currentName().equals(name);
			JsonToken value = this.parser.nextToken();
			if (found) {
				return value;
			}
			this.parser.skipChildren();
		}
		return null;
	}

	@Override
	public @Nullable List<@Nullable String> next() {
		try {
			JsonToken token = this.parser.nextToken();
			if (token == null || (!this.lines && token == JsonToken.END_ARRAY)) {
				while (token != null) {
					token = this.parser.nextToken();
				}
				return null;
			}
			if (token != JsonToken.START_OBJECT) {
				throw Failure.configuration(this.shown + ": " + line() + " is not a row: a row must be an object;"
						+ " check whether it is the right file");
			}
			JsonNode row = this.parser.readValueAsTree();
			return this.fields.values(row);
		}
		catch (JacksonException ex) {
			throw fault(ex);
		}
		catch (NumberFormatException ex) {
			throw Failure.configuration(this.shown + ": " + line()
					+ " has a number with an exponent that no number has; see whether it is the right file");
		}
	}

	private String line() {
		return "line " + this.parser.currentTokenLocation().getLineNr();
	}

	/** Without the parser's message, which may quote the file. */
	private Failure fault(JacksonException ex) {
		String line = (ex.getLocation() != null && ex.getLocation().getLineNr() > 0)
				? "line " + ex.getLocation().getLineNr() + " " : "";
		if (ex instanceof JacksonIOException) {
			return Failure
				.configuration(this.shown + ": has characters that are invalid in its encoding; save it as UTF-8");
		}
		if (ex instanceof StreamConstraintsException) {
			return Failure.configuration(this.shown + ": " + line + "has a field of more than 10 MB, or is nested more"
					+ " than " + DEEPEST + " deep, too large for a key's record; check whether it is the right file");
		}
		String message = String.valueOf(ex.getOriginalMessage());
		if (message.startsWith("Duplicate")) {
			return Failure.configuration(this.shown + ": " + line
					+ "has a field twice in one object, so it is unknown which is meant; export it again");
		}
		return Failure.configuration(this.shown + ": "
				+ (message.contains("end-of-input")
						? "is cut off" + (line.isEmpty() ? "" : " in " + line.strip()) + "; export it again completely"
						: line + "is not JSON; check whether it is the right file"));
	}

	@Override
	public void close() {
		this.parser.close();
	}

}
