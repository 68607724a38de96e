package io.keysteward.source.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.keysteward.http.Answer;
import org.jspecify.annotations.Nullable;

/**
 * One challenge of a server ({@code WWW-Authenticate}, RFC 9110).
 *
 * @param scheme the scheme in lower case
 * @param parameters the parameters by their names in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

	private static final String TOKEN = "[!#$%&'*+.^_`|~0-9A-Za-z/=-]+?";

	/** A parameter, or, without an equals sign, the next scheme. */
	private static final Pattern PART = Pattern
		.compile("\\G[\\s,]*(" + TOKEN + ")(?:\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s,\"]+))|(?=[\\s,]|$))");

	/**
	 * {@return an answer's challenges, in its order}
	 */
	static List<Challenge> all(Answer refusal) {
		List<Challenge> challenges = new ArrayList<>();
		refusal.headers("WWW-Authenticate").forEach((header) -> parse(header, challenges));
		return challenges;
	}

	private static void parse(String header, List<Challenge> challenges) {
		Matcher part = PART.matcher(header);
		while (part.find()) {
			String quoted = part.group(2);
			String value = (quoted != null) ? quoted.replaceAll("\\\\(.)", "$1") : part.group(3);
			String name = part.group(1).toLowerCase(Locale.ROOT);
			if (value == null) {
				challenges.add(new Challenge(name, new HashMap<>()));
			}
			else if (!challenges.isEmpty()) {
				challenges.get(challenges.size() - 1).parameters.put(name, value);
			}
		}
	}

	@Nullable String parameter(String name) {
		return this.parameters.get(name);
	}

	String parameter(String name, String other) {
		return this.parameters.getOrDefault(name, other);
	}

}
