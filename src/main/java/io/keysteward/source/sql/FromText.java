package io.keysteward.source.sql;

import java.util.function.Function;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads one value from its text, and says what is allowed where it can't.
 *
 * @param <T> the value's type
 */
final class FromText<T> extends StdScalarDeserializer<T> {

	private final transient Function<String, T> parse;

	private final String allowed;

	/**
	 * A reader of values.
	 * @param type the value's type
	 * @param allowed what comes after "must be"
	 * @param parse throws {@link IllegalArgumentException} where the text is not allowed
	 */
	FromText(Class<T> type, String allowed, Function<String, T> parse) {
		super(type);
		this.allowed = allowed;
		this.parse = parse;
	}

	@Override
	public T deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.currentToken().isScalarValue()) {
			throw MismatchedInputException.from(parser, handledType(), "must be " + this.allowed);
		}
		String text = parser.getValueAsString("");
		try {
			return this.parse.apply(text);
		}
		catch (IllegalArgumentException ex) {
			String line = "'" + text + "' must be " + this.allowed;
			throw InvalidFormatException.from(parser, line, text, handledType());
		}
	}

}
