package io.keysteward.disabling;

import java.util.Map;

/**
 * What a run would do if no gate of the run held it.
 *
 * @param due the number of keys of each source that would be disabled on this day
 * @param warnings who would be warned for the first time
 */
public record Intended(Map<String, Long> due, FirstWarnings warnings) {

}
