package io.keysteward.job;

import java.util.List;
import java.util.Set;

import io.keysteward.source.KeySnapshot;
import io.keysteward.source.KeySource;
import io.keysteward.text.Failure;
import io.keysteward.text.SafeText;

import org.springframework.stereotype.Component;

/**
 * The projects to which somebody narrows a run. One that has no key anywhere is a typing
 * error: its run would be complete, and say nothing of any key.
 */
@Component
class RequestedProjects {

	/**
	 * Refuses a project of which no source has a key.
	 * @param projects the projects' ids
	 * @param sources the sources that the run reads; one that does not answer may have
	 * the project
	 */
	void requireKnown(Set<String> projects, List<KeySource> sources) {
		for (String project : projects) {
			if (sources.stream().noneMatch((source) -> mayHave(source, project))) {
				throw Failure.configuration("--project: '" + SafeText.visible(project) + "' has no key in "
						+ String.join(", ", sources.stream().map(KeySource::id).toList())
						+ "; it is a project's id, not its name, and upper and lower case count");
			}
		}
	}

	private static boolean mayHave(KeySource source, String project) {
		try (KeySnapshot reading = source.open(Set.of(project))) {
			return !reading.next(1).isEmpty();
		}
		catch (Failure ex) {
			// Said of the source when it is read.
			return true;
		}
	}

}
