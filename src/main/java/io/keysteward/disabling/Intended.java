package io.keysteward.disabling;

import java.util.Map;

/**
 * What a run would do if nothing held it.
 *
 * @param due how many keys of each source would be disabled on this day
 * @param warnings who would be warned for the first time
 */
public record Intended(Map<String, Long> due, FirstWarnings warnings) {

}
