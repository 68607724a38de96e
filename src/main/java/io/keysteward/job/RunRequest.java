package io.keysteward.job;

import java.time.Instant;
import java.util.Set;
import java.util.regex.Pattern;

import io.keysteward.text.Failure;
import org.jspecify.annotations.Nullable;

/**
 * What somebody asked for with {@code run}.
 *
 * @param runKey the run's name; null: the date of its as-of
 * @param asOf the instant to judge against; null: now, or that of the run that is
 * continued
 * @param sources only these; empty: all
 * @param projects only these; empty: all
 * @param disable whether keys that are due may be disabled: the second key
 * @param acceptPolicyChange whether a changed policy was said to be meant
 * @param acceptWarnings whether so many warnings were said to be meant
 * @param acceptEmpty whether a source that returns no key at all is accepted, although
 * its last run had keys
 * @param trigger {@code schedule} or {@code manual}
 * @param requestedBy who asks
 */
public record RunRequest(@Nullable String runKey, @Nullable Instant asOf, Set<String> sources, Set<String> projects,
		boolean disable, boolean acceptPolicyChange, boolean acceptWarnings, boolean acceptEmpty, String trigger,
		String requestedBy) {

	private static final Pattern RUN_KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

	public RunRequest {
		if (runKey != null) {
			requireRunKey(runKey);
		}
		if (projects.stream().anyMatch(String::isBlank)) {
			throw Failure.configuration("--project: '' is no project's id; give one, or leave the option out");
		}
		if (disable && !projects.isEmpty()) {
			throw Failure
				.configuration("--project: '" + String.join(", ", projects) + "' cannot go with --disable: a part"
						+ " of a source does not tell whether the source is whole; leave one of them out");
		}
	}

	/**
	 * Refuses what is no run key: it becomes a file's name and a message's id.
	 * @param runKey as given
	 */
	public static void requireRunKey(String runKey) {
		if (!RUN_KEY.matcher(runKey).matches()) {
			throw Failure.configuration("--run-key: '" + runKey + "' is not allowed; up to 100 letters, digits, dots, "
					+ "underscores and hyphens, starting with a letter or digit");
		}
	}

	boolean narrowed() {
		return !this.sources.isEmpty() || !this.projects.isEmpty();
	}

}
