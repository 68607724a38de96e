package io.keysteward.source.definition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;

/**
 * Refuses a definition that {@code sources init} has proposed, until a person has decided
 * all that names of columns cannot tell.
 */
public final class Proposal {

	/** Begins the first line of a proposal's source.yaml. */
	public static final String HEADER = "# A proposal of `sources init`";

	private static final Pattern TODO = Pattern.compile("\\bTODO\\b");

	private Proposal() {
	}

	static void requireDecided(DefinitionFolder folder) {
		if (!String.valueOf(folder.text(Definition.YAML)).contains(HEADER)) {
			return;
		}
		folder.texts().forEach((name, text) -> {
			List<String> lines = undecided(text);
			if (!lines.isEmpty()) {
				throw Failure.configuration(folder.file(name) + ": still has TODO in line " + String.join(", ", lines)
						+ "; decide each, and remove the word");
			}
		});
	}

	/** The header of a file only explains the word. */
	private static List<String> undecided(String text) {
		List<String> numbers = new ArrayList<>();
		List<String> lines = text.lines().toList();
		for (int i = 0; i < lines.size(); i++) {
			if (TODO.matcher(lines.get(i)).find() && !lines.get(i).contains("`check` refuses")) {
				numbers.add(String.valueOf(i + 1));
			}
		}
		return numbers;
	}

}
