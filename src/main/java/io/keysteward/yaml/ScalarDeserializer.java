package io.keysteward.yaml;

import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.std.StdScalarDeserializer;
import tools.jackson.databind.exc.InvalidFormatException;
import tools.jackson.databind.exc.MismatchedInputException;

/**
 * Reads one value from its text, and reports what is allowed if it cannot.
 *
 * @param <T> the value's type
 */
final class ScalarDeserializer<T> extends StdScalarDeserializer<T> {

	private final transient ScalarType<T> value;

	ScalarDeserializer(ScalarType<T> value) {
		super(value.type());
		this.value = value;
	}

	@Override
	public T deserialize(JsonParser parser, DeserializationContext context) {
		if (!parser.currentToken().isScalarValue()) {
			throw MismatchedInputException.from(parser, handledType(), "must be " + this.value.allowed());
		}
		String text = parser.getValueAsString("");
		try {
			return this.value.parse().apply(text);
		}
		catch (IllegalArgumentException ex) {
			String line = "'" + text + "' must be " + this.value.allowed();
			throw InvalidFormatException.from(parser, line, text, handledType());
		}
	}

}
