package io.keysteward.yaml;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The syntax of values of one type.
 *
 * @param <T> the type
 * @param type the type
 * @param allowed the words after "must be"
 * @param parse throws {@link IllegalArgumentException} where the text is not allowed
 */
public record ScalarType<T>(Class<T> type, String allowed, Function<String, T> parse) {

	/** Text that is not blank. */
	static final ScalarType<String> TEXT = new ScalarType<>(String.class, "text", ScalarType::text);

	static final ScalarType<Boolean> YES_OR_NO = new ScalarType<>(Boolean.class, "true or false", ScalarType::yesOrNo);

	/**
	 * {@return one of these words, in lower or upper case}
	 */
	public static <E extends Enum<E>> ScalarType<E> word(Class<E> type, List<E> allowed) {
		String words = allowed.stream().map(ScalarType::word).collect(Collectors.joining(", "));
		return new ScalarType<>(type, "one of " + words,
				(text) -> allowed.stream()
					.filter((value) -> word(value).equals(text.strip().toLowerCase(Locale.ROOT)))
					.findFirst()
					.orElseThrow(IllegalArgumentException::new));
	}

	private static String word(Enum<?> value) {
		return value.name().toLowerCase(Locale.ROOT);
	}

	private static String text(String text) {
		if (text.isBlank()) {
			throw new IllegalArgumentException("Blank");
		}
		return text;
	}

	private static Boolean yesOrNo(String text) {
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw new IllegalArgumentException(text);
		};
	}

}
