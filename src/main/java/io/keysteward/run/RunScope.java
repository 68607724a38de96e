package io.keysteward.run;

import java.util.List;

/**
 * What a run reads.
 *
 * @param sources the ids of the sources that it reads
 * @param projects the projects to which it is narrowed; empty: all
 * @param narrowed whether it reads less than everything, and so is no baseline
 */
public record RunScope(List<String> sources, List<String> projects, boolean narrowed) {
}
